package dev.asyncio.engine.streams

import dev.asyncio.AsyncIterator
import dev.asyncio.Coroutine
import dev.asyncio.IncompleteReadException
import dev.asyncio.LimitOverrunException
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.NOT_NOW
import dev.asyncio.engine.await.QuickOperation
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.io.describe
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.ReadTransport
import dev.asyncio.streams.StreamReader
import java.net.SocketAddress
import java.nio.ByteBuffer
import java.nio.charset.Charset

/**
 * asyncio's StreamReader. Loop thread only.
 *
 * Whoever reads says what it [waits][Want] for, and is woken once that is there and not with every piece: CPython
 * wakes it each time, to find that it has to go on waiting, which costs and cannot be seen otherwise.
 */
@NotOnAndroid
internal class StreamReaderImpl(private val loop: LoopImpl, private val limit: Int) : StreamReader {
    private val buffer = ByteQueue()
    private var eof = false
    private var failure: Throwable? = null
    private var transport: ReadTransport? = null
    private var paused = false

    /** How many bytes a cancelled read to the end has left, which may be far more than is buffered otherwise. */
    private var left = 0

    private var waiter: FutureImpl<Unit>? = null
    private var want: Want? = null

    private val readingLine = ReadingLine()

    /** What a reader waits for. */
    private fun interface Want {
        /** Whether it is there, or cannot come; the end of the stream ends every wait. */
        fun isMet(): Boolean
    }

    @NotOnAndroid
    private object TheEnd : Want {
        override fun isMet(): Boolean = false
    }

    // ---- the source of the bytes

    fun setTransport(transport: ReadTransport) {
        this.transport = transport
    }

    /** Takes what remains of [data]. */
    fun feedData(data: ByteBuffer) {
        check(!eof) { "feedData after feedEof" }
        if (!data.hasRemaining()) return
        buffer.add(data)
        val want = want
        if (want != null) {
            if (!want.isMet()) return // it needs more than may be buffered otherwise, perhaps
            wakeUp()
        }
        val source = transport ?: return
        if (!paused && buffer.size - left > 2L * limit) {
            source.pauseReading()
            paused = true
        }
    }

    fun feedEof() {
        eof = true
        wakeUp()
    }

    fun setException(exception: Throwable) {
        failure = exception
        val waiting = waiter ?: return
        want = null
        if (!waiting.done()) waiting.setException(exception)
    }

    private fun wakeUp() {
        val waiting = waiter ?: return
        want = null
        if (!waiting.done()) waiting.setResult(Unit)
    }

    /** After [count] bytes were taken from the buffer. */
    private fun taken(count: Int) {
        left = maxOf(0, left - count)
        if (!paused || buffer.size - left > limit) return
        paused = false
        transport?.resumeReading()
    }

    // ---- waiting

    private suspend fun waitFor(method: String, want: Want) {
        check(waiter == null) {
            "$method() called while another coroutine is already waiting for incoming data"
        }
        if (paused) {
            paused = false
            transport?.resumeReading()
        }
        val waiting = FutureImpl<Unit>(loop)
        waiter = waiting
        this.want = want
        try {
            awaitFuture(waiting)
        } finally {
            waiter = null
            this.want = null
            if (want === TheEnd) left = buffer.size
        }
    }

    private fun throwFailure() {
        failure?.let { throw it }
    }

    // ---- some bytes

    override fun read(maxBytes: Int): Coroutine<ByteArray> = if (maxBytes < 0) ReadingAll() else Reading(maxBytes)

    private inner class Reading(private val maxBytes: Int) : QuickOperation<ByteArray>() {
        override fun now(): Any? {
            throwFailure()
            return if (maxBytes > 0 && buffer.size == 0 && !eof) NOT_NOW else take()
        }

        override suspend fun later(): ByteArray {
            waitFor("read") { true }
            return take()
        }

        private fun take() = taking(minOf(maxBytes, buffer.size))

        override fun toString(): String = "read($maxBytes)"
    }

    override fun readInto(buffer: ByteBuffer): Coroutine<Int> = ReadingInto(buffer)

    private inner class ReadingInto(private val target: ByteBuffer) : QuickOperation<Int>() {
        override fun now(): Any? {
            throwFailure()
            return if (target.hasRemaining() && buffer.size == 0 && !eof) NOT_NOW else take()
        }

        override suspend fun later(): Int {
            waitFor("readInto") { true }
            return take()
        }

        private fun take(): Int = buffer.takeInto(target).also(::taken)

        override fun toString(): String = "readInto"
    }

    private inner class ReadingAll : QuickOperation<ByteArray>() {
        override fun now(): Any? {
            throwFailure()
            return if (eof) taking(buffer.size) else NOT_NOW
        }

        override suspend fun later(): ByteArray {
            waitFor("read", TheEnd)
            return taking(buffer.size)
        }

        override fun toString(): String = "read()"
    }

    private fun taking(count: Int): ByteArray = buffer.take(count).also { taken(count) }

    // ---- exactly so many

    override fun readExactly(count: Int): Coroutine<ByteArray> {
        require(count >= 0) { "readExactly size can not be less than zero" }
        return ReadingExactly(count)
    }

    private inner class ReadingExactly(private val count: Int) : QuickOperation<ByteArray>() {
        override fun now(): Any? {
            throwFailure()
            return if (buffer.size < count && !eof) NOT_NOW else take()
        }

        override suspend fun later(): ByteArray {
            while (buffer.size < count && !eof) waitFor("readExactly") { buffer.size >= count }
            return take()
        }

        private fun take(): ByteArray {
            if (buffer.size < count) throw IncompleteReadException(taking(buffer.size), count, peer())
            return taking(count)
        }

        override fun toString(): String = "readExactly($count)"
    }

    // ---- up to a separator

    override fun readUntil(vararg separators: ByteArray): Coroutine<ByteArray> {
        require(separators.isNotEmpty()) { "Separator should contain at least one element" }
        require(separators.all { it.isNotEmpty() }) { "Separator should be at least one-byte string" }
        return ReadingUntil(separators.map { it.copyOf() }.sortedBy { it.size })
    }

    private inner class ReadingUntil(private val separators: List<ByteArray>) : QuickOperation<ByteArray>() {
        override fun now(): Any? {
            throwFailure()
            val search = Search(separators)
            return if (!search.isMet() && !eof) NOT_NOW else take(search)
        }

        override suspend fun later(): ByteArray = take(awaited("readUntil", separators))

        override fun toString(): String = "readUntil"
    }

    private suspend fun awaited(method: String, separators: List<ByteArray>): Search {
        var search = Search(separators)
        while (!search.isMet() && !eof) {
            waitFor(method, search)
            search = Search(separators) // until this task's turn more may have come, and others may have read
        }
        return search
    }

    private fun take(search: Search): ByteArray {
        if (search.end >= 0) {
            if (search.start > limit) {
                throw LimitOverrunException(
                    "Separator is found, but chunk is longer than limit${ofPeer()}",
                    search.start,
                )
            }
            return taking(search.end)
        }
        if (search.offset > limit) {
            throw LimitOverrunException(
                "Separator is not found, and chunk exceed the limit${ofPeer()}",
                search.offset,
            )
        }
        throw IncompleteReadException(taking(buffer.size), null, peer())
    }

    /**
     * Looks for separators in what there is, and never twice at the same place. They come in the order of their lengths: of
     * two that end together the shorter one counts.
     */
    private inner class Search(private val separators: List<ByteArray>) : Want {
        private val shortest = separators.first().size
        private val longest = separators.last().size

        /** No separator begins before this. */
        var offset = 0
            private set

        /** Where the one that ends first is; -1 while there is none. */
        var start = -1
            private set
        var end = -1
            private set

        override fun isMet(): Boolean {
            if (end >= 0) return true
            if (buffer.size - offset < shortest) return false
            for (separator in separators) {
                val found = buffer.indexOf(separator, offset)
                if (found >= 0 && (end < 0 || found + separator.size < end)) {
                    start = found
                    end = found + separator.size
                }
            }
            if (end >= 0) return true
            offset = maxOf(0, buffer.size + 1 - longest)
            return offset > limit
        }
    }

    // ---- lines

    override fun readLine(): Coroutine<ByteArray> = readingLine

    override fun readLine(charset: Charset): Coroutine<String> = ReadingText(charset)

    private inner class ReadingLine : QuickOperation<ByteArray>() {
        override fun now(): Any? = lineNow()

        override suspend fun later(): ByteArray = lineLater()

        override fun toString(): String = "readLine"
    }

    private inner class ReadingText(private val charset: Charset) : QuickOperation<String>() {
        override fun now(): Any? {
            val line = lineNow()
            return if (line === NOT_NOW) NOT_NOW else String(line as ByteArray, charset)
        }

        override suspend fun later(): String = String(lineLater(), charset)

        override fun toString(): String = "readLine"
    }

    fun lineNow(): Any {
        throwFailure()
        val search = Search(LINE_END)
        return if (!search.isMet() && !eof) NOT_NOW else takeLine(search)
    }

    suspend fun lineLater(): ByteArray = takeLine(awaited("readLine", LINE_END))

    private fun takeLine(search: Search): ByteArray = try {
        take(search)
    } catch (e: IncompleteReadException) {
        e.partial()
    } catch (e: LimitOverrunException) {
        val count = if (search.end >= 0) search.end else buffer.size
        buffer.drop(count)
        taken(count)
        throw IllegalArgumentException(e.message, e)
    }

    override fun iterator(): AsyncIterator<ByteArray> = LineIterator(this) { it }

    override fun lines(charset: Charset): AsyncIterator<String> = LineIterator(this) { textOf(it, charset) }

    private fun textOf(line: ByteArray, charset: Charset): String {
        var length = line.size
        if (length > 0 && line[length - 1] == LF) length--
        if (length < line.size && length > 0 && line[length - 1] == CR) length--
        return String(line, 0, length, charset)
    }

    // ---- the rest

    override fun atEof(): Boolean = eof && buffer.size == 0

    override fun exception(): Throwable? = failure

    private fun peer(): String? = (transport?.getExtraInfo("peername") as? SocketAddress)?.let(::describe)

    private fun ofPeer(): String = " of $limit bytes" + (peer()?.let { ", from $it" } ?: "")

    override fun toString(): String = buildString {
        append("<StreamReader ").append(buffer.size).append(" bytes")
        if (eof) append(" eof")
        if (waiter != null) append(" waiting")
        failure?.let { append(" exception=").append(it) }
        if (paused) append(" paused")
        append('>')
    }

    private companion object {
        const val LF = '\n'.code.toByte()
        const val CR = '\r'.code.toByte()
        val LINE_END = listOf(byteArrayOf(LF))
    }
}
