package dev.asyncio.engine.files

import dev.asyncio.spi.NotOnAndroid
import java.nio.ByteBuffer
import java.nio.CharBuffer
import java.nio.charset.CharacterCodingException
import java.nio.charset.Charset
import java.nio.charset.CodingErrorAction
import java.nio.charset.StandardCharsets
import java.nio.file.FileSystemException

/**
 * Text in a file of bytes. It decodes ahead, chunk by chunk, and finds out where in the bytes it is only when asked. It
 * blocks; one thread at a time.
 */
@NotOnAndroid
internal class TextFile(private val bytes: ByteFile, private val charset: Charset) {
    private val decoder = charset.newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
    private var ahead = Ahead(0, NOTHING, CharBuffer.allocate(0), NOTHING)

    /** The text of [raw], which starts at [start] in the file; of [rest], which follows, there is no text yet. */
    @NotOnAndroid
    private class Ahead(val start: Long, val raw: ByteArray, val text: CharBuffer, val rest: ByteArray)

    // ---- the position

    /** A way back to where this is now. */
    fun mark(): () -> Unit {
        val marked = ahead
        val taken = marked.text.position()
        val at = bytes.position
        return {
            ahead = marked
            marked.text.position(taken)
            bytes.goBackTo(at)
        }
    }

    fun position(): Long {
        val text = ahead.text
        if (!text.hasRemaining()) return bytes.position - ahead.rest.size
        if (text.position() == 0) return ahead.start
        requirePositions()
        // What was taken so far is decoded once more, to see how many bytes it is.
        val input = ByteBuffer.wrap(ahead.raw)
        charset.newDecoder().decode(input, CharBuffer.allocate(text.position()), false)
        return ahead.start + input.position()
    }

    fun seek(target: Long): Long {
        if (target != 0L && target != bytes.size) requirePositions()
        bytes.seek(target)
        return forgetAhead(target)
    }

    /** Makes the bytes' position that of the text. */
    fun settle() {
        val at = position()
        if (at != bytes.position) bytes.moveTo(at)
        forgetAhead(at)
    }

    private fun forgetAhead(at: Long): Long {
        ahead = Ahead(at, NOTHING, CharBuffer.allocate(0), NOTHING)
        decoder.reset()
        return at
    }

    private fun requirePositions() {
        if (charset.name() in BYTE_ORDER_BY_MARK) {
            throw UnsupportedOperationException(
                "${bytes.path} is open in $charset, whose byte order is told at its beginning: positions other " +
                    "than the beginning and the end are for ${charset}LE and ${charset}BE",
            )
        }
    }

    // ---- reading

    fun read(count: Int): String = charsAhead(count) ?: buildString {
        while (length < count && hasText()) append(taken(minOf(count - length, ahead.text.remaining())))
        if (isNotEmpty() && this[length - 1].isHighSurrogate() && hasText()) append(taken(1))
    }

    fun readAll(): String = buildString {
        while (hasText()) {
            if (length.toLong() + ahead.text.remaining() > MAX_STRING) {
                throw FileSystemException("${bytes.path}", null, "too large for one string")
            }
            append(taken(ahead.text.remaining()))
        }
    }

    fun readLine(): String = lineAhead() ?: buildString {
        while (hasText()) {
            val line = lineAhead()
            append(line ?: taken(ahead.text.remaining()))
            if (line != null) break
        }
    }

    /** What [read] gives if it need not read anything; null if it has to. */
    fun charsAhead(count: Int): String? {
        val text = ahead.text
        if (count == 0) return ""
        if (text.remaining() < count) return null
        if (!text.get(text.position() + count - 1).isHighSurrogate()) return taken(count)
        return if (text.remaining() > count) taken(count + 1) else null
    }

    /** A line that was decoded to its end; null if there is none. */
    fun lineAhead(): String? {
        val end = ahead.text.indexOf('\n')
        return if (end < 0) null else taken(end + 1)
    }

    // Not "take", which inside of buildString would be that of the builder.
    private fun taken(count: Int): String {
        val text = ahead.text
        val result = text.subSequence(0, count).toString()
        text.position(text.position() + count)
        return result
    }

    /** Sees to it that there is text ahead; false at the end of the file. */
    private fun hasText(): Boolean {
        if (ahead.text.hasRemaining()) return true
        var rest = ahead.rest
        var start = bytes.position - rest.size
        while (true) {
            val more = bytes.readSome(CHUNK)
            if (more.isEmpty() && rest.isEmpty()) return false
            val raw = rest + more
            val input = ByteBuffer.wrap(raw)
            val text = CharBuffer.allocate((raw.size * decoder.maxCharsPerByte()).toInt() + 1)
            val result = decoder.decode(input, text, more.isEmpty())
            // What comes before is given first: it is then, and not yet, that the reader comes to what is no text.
            if (result.isError && text.position() == 0) {
                decoder.reset()
                throw NamedCodingException(
                    "cannot decode ${bytes.path} as $charset: no text at byte ${start + input.position()}",
                )
            }
            val taken = input.position()
            rest = raw.copyOfRange(taken, raw.size)
            if (text.position() > 0) {
                ahead = Ahead(start, raw.copyOf(taken), text.flip(), rest)
                return true
            }
            start += taken
        }
    }

    // ---- writing

    /** The bytes of [text] at the present position: a byte order mark belongs to the beginning of a file only. */
    fun write(text: String) {
        settle()
        val target = if (charset == StandardCharsets.UTF_16 &&
            bytes.position != 0L
        ) {
            StandardCharsets.UTF_16BE
        } else {
            charset
        }
        val encoded =
            try {
                target.newEncoder().encode(CharBuffer.wrap(text))
            } catch (e: CharacterCodingException) {
                throw NamedCodingException("cannot encode for ${bytes.path} in $charset: ${e.message}").initCause(e)
            }
        bytes.write(encoded)
    }

    @NotOnAndroid
    private companion object {
        const val CHUNK = 8192
        const val MAX_STRING = Int.MAX_VALUE - 8L
        val NOTHING = ByteArray(0)
        val BYTE_ORDER_BY_MARK = setOf("UTF-16", "UTF-32")
    }
}
