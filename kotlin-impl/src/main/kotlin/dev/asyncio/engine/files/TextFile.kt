package dev.asyncio.engine.files

import dev.asyncio.spi.NotOnAndroid
import java.nio.ByteBuffer
import java.nio.CharBuffer
import java.nio.charset.CharacterCodingException
import java.nio.charset.Charset
import java.nio.charset.CharsetDecoder
import java.nio.file.FileSystemException

/**
 * Text in a file of bytes. It decodes ahead, chunk by chunk, and finds out where in the bytes it is only when asked. It
 * blocks; one thread at a time.
 */
@NotOnAndroid
internal class TextFile(private val bytes: ByteFile, private val given: Charset) {
    private val charset = FileCharset(bytes, given)

    /** It stands behind all that was decoded since the position was set; null if that is nothing. */
    private var decoder: CharsetDecoder? = null
    private var ahead = Ahead(bytes.position)

    /** The text of [raw], which starts at [start] in the file; of [rest], which follows, there is no text yet. */
    @NotOnAndroid
    private class Ahead(
        val start: Long,
        val raw: ByteArray = NOTHING,
        val text: CharBuffer = CharBuffer.allocate(0),
        val rest: ByteArray = NOTHING,
    ) {
        val end get() = start + raw.size

        /** What was decoded next, where no decoder can go back to it. */
        var next: Ahead? = null
    }

    // ---- the position

    /** A way back to where this is now. */
    fun mark(): () -> Unit {
        val marked = ahead
        val taken = marked.text.position()
        val at = bytes.position
        return {
            ahead = marked
            marked.text.position(taken)
            val last = generateSequence(marked.next) { it.next }.onEach { it.text.rewind() }.lastOrNull()
            bytes.goBackTo(if (last == null) at else last.end + last.rest.size)
        }
    }

    fun position(): Long {
        val text = ahead.text
        if (charset.hasShifts) requireKnownState()
        if (!text.hasRemaining()) return ahead.end
        if (text.position() == 0) return ahead.start
        // What was taken so far is decoded once more, to see how many bytes it is.
        val input = ByteBuffer.wrap(ahead.raw)
        charset.encoding.newDecoder().decode(input, CharBuffer.allocate(text.position()), false)
        return ahead.start + input.position()
    }

    fun seek(target: Long): Long {
        if (charset.hasShifts && target != 0L && target != bytes.size) throw noPosition()
        bytes.seek(target)
        forgetAhead()
        return target
    }

    /** Makes the bytes' position that of the text. */
    fun settle() {
        val at = position()
        if (at != bytes.position) bytes.moveTo(at)
        forgetAhead()
    }

    private fun forgetAhead() {
        ahead = Ahead(bytes.position)
        decoder = null
    }

    private fun requireKnownState() {
        val isAtEnd = !ahead.text.hasRemaining() && ahead.end == bytes.size
        if (decoder != null && ahead.end != 0L && !isAtEnd) throw noPosition()
    }

    private fun noPosition() = UnsupportedOperationException(
        "${bytes.path} is open in $given, where bytes have their meaning from others before: there are no positions " +
            "other than the beginning and the end",
    )

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
        while (!ahead.text.hasRemaining()) {
            val next = ahead.next ?: decoded() ?: return false
            if (charset.hasShifts) ahead.next = next
            ahead = next
        }
        return true
    }

    /** What follows, maybe without any text yet; null at the end of the file. */
    private fun decoded(): Ahead? {
        val start = bytes.position - ahead.rest.size
        val more = bytes.readSome(CHUNK)
        val raw = ahead.rest + more
        if (raw.isEmpty()) return null
        val isLast = more.isEmpty()
        if (start == 0L && raw.size < charset.markSize && !isLast) return Ahead(start, rest = raw)
        val skipped = if (start == 0L) charset.readMark(raw) else 0
        val decoder = decoder?.takeIf { start != 0L } ?: charset.encoding.newDecoder().also { decoder = it }
        val input = ByteBuffer.wrap(raw).position(skipped)
        val text = CharBuffer.allocate((raw.size * decoder.maxCharsPerByte()).toInt() + 1)
        // Never told that this is the end, so that it can go on if the file grows.
        val result = decoder.decode(input, text, false)
        // What comes before is given first: it is then, and not yet, that the reader comes to what is no text.
        if (text.position() == 0 && (result.isError || isLast)) {
            throw NamedCodingException(
                "cannot decode ${bytes.path} as $given: no text at byte ${start + input.position()}",
            )
        }
        val taken = input.position()
        return Ahead(start + skipped, raw.copyOfRange(skipped, taken), text.flip(), raw.copyOfRange(taken, raw.size))
    }

    // ---- writing

    /** The bytes of [text] at the present position: a byte order mark belongs to the beginning of a file only. */
    fun write(text: String) {
        settle()
        if (text.isEmpty()) return
        val encoded =
            try {
                charset.encode(text)
            } catch (e: CharacterCodingException) {
                throw NamedCodingException("cannot encode for ${bytes.path} in $given: ${e.message}").initCause(e)
            }
        val mark = if (bytes.position == 0L) charset.newMark() else NOTHING
        try {
            bytes.write(if (mark.isEmpty()) encoded else ByteBuffer.wrap(mark + encoded.bytes()))
        } finally {
            forgetAhead()
        }
    }

    private fun ByteBuffer.bytes() = ByteArray(remaining()).also { get(it) }

    @NotOnAndroid
    private companion object {
        const val CHUNK = 8192
        const val MAX_STRING = Int.MAX_VALUE - 8L
        val NOTHING = ByteArray(0)
    }
}
