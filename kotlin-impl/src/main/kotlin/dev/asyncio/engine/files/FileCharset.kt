package dev.asyncio.engine.files

import dev.asyncio.spi.NotOnAndroid
import java.nio.ByteBuffer
import java.nio.CharBuffer
import java.nio.charset.Charset
import java.nio.charset.StandardCharsets

/**
 * The charset of a file's text. In `UTF-16` and its like the file's first bytes may be a mark that tells the byte
 * order of all its text, wherever in the file that is read or written. It blocks; one thread at a time.
 */
@NotOnAndroid
internal class FileCharset(private val bytes: ByteFile, private val given: Charset) {
    /** The byte orders there may be; the first is that of a file without a mark. */
    private val orders: List<Charset> = when (given.name()) {
        "UTF-16" -> listOf(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)
        "x-UTF-16LE-BOM" -> listOf(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)
        "UTF-32" -> listOf(Charset.forName("UTF-32BE"), Charset.forName("UTF-32LE"))
        "X-UTF-32BE-BOM" -> listOf(Charset.forName("UTF-32BE"))
        "X-UTF-32LE-BOM" -> listOf(Charset.forName("UTF-32LE"))
        else -> listOf(given)
    }

    /** How many bytes a mark has; 0 if there is none in this charset. */
    val markSize = if (orders[0] == given) 0 else markOf(orders[0]).size

    /** Known once the file has a beginning. */
    private var found: Charset? = if (markSize == 0) given else null

    /** What the text is encoded in, apart from the mark. */
    val encoding: Charset
        get() {
            found?.let { return it }
            val head = bytes.head(markSize)
            if (head.size == markSize) readMark(head)
            return found ?: orders[0]
        }

    /** Whether what a byte means depends on others, far before it. */
    val hasShifts = SHIFTING.matches(given.name())

    /** [text] so that other text may follow. Throws a CharacterCodingException. */
    fun encode(text: String): ByteBuffer {
        val encoded = encoding.newEncoder().encode(CharBuffer.wrap(text))
        val isShifted = given.name() == "ISO-2022-KR" && encoded.lastOf(SHIFT_OUT) > encoded.lastOf(SHIFT_IN)
        if (!isShifted) return encoded
        // Each text begins as if nothing came before, and this encoder is the only one of the JDK's that does not go back.
        return ByteBuffer.allocate(encoded.remaining() + 1).put(encoded).put(SHIFT_IN).flip()
    }

    private fun ByteBuffer.lastOf(byte: Byte): Int = (limit() - 1 downTo position()).find { get(it) == byte } ?: -1

    /** How many bytes of [head], which begins where the file does, are a mark. */
    fun readMark(head: ByteArray): Int {
        if (markSize == 0) return 0
        val marked = if (head.size < markSize) null else orders.find { markOf(it).contentEquals(head.copyOf(markSize)) }
        found = marked ?: orders[0]
        return if (marked == null) 0 else markSize
    }

    /** The mark for text that is written to the beginning of the file. */
    fun newMark(): ByteArray = when {
        markSize == 0 -> NO_MARK
        given.name() == "UTF-32" && encoding == orders[0] -> NO_MARK // as the JDK has it
        else -> markOf(encoding)
    }

    @NotOnAndroid
    private companion object {
        val NO_MARK = ByteArray(0)
        const val SHIFT_OUT: Byte = 0x0E
        const val SHIFT_IN: Byte = 0x0F
        val SHIFTING =
            Regex("(x-)?ISO-2022-.*|x-windows-(50220|50221|iso2022jp)|x-IBM(930|933|935|937|939|1364)|x-JISAutoDetect")

        fun markOf(order: Charset): ByteArray = "\uFEFF".toByteArray(order)
    }
}
