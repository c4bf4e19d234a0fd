package dev.asyncio.engine.streams

import dev.asyncio.AsyncIterator
import dev.asyncio.Coroutine
import dev.asyncio.engine.await.NOT_NOW
import dev.asyncio.engine.await.QuickOperation
import dev.asyncio.spi.NotOnAndroid

/** The lines of a reader, until its end. Loop thread only. */
@NotOnAndroid
internal class LineIterator<T : Any>(
    private val reader: StreamReaderImpl,
    private val convert: (ByteArray) -> T,
) : AsyncIterator<T> {
    private val advancing = Advancing()
    private var line: T? = null

    override fun advance(): Coroutine<Boolean> = advancing

    override fun current(): T =
        checkNotNull(line) { "there is no current element: await advance() first, and see that it is true" }

    private fun take(bytes: ByteArray): Boolean {
        line = if (bytes.isEmpty()) null else convert(bytes)
        return line != null
    }

    private inner class Advancing : QuickOperation<Boolean>() {
        override fun now(): Any? {
            line = null
            val bytes = reader.lineNow()
            return if (bytes === NOT_NOW) NOT_NOW else take(bytes as ByteArray)
        }

        override suspend fun later(): Boolean = take(reader.lineLater())

        override fun toString(): String = "lines.advance"
    }

    override fun toString(): String = "<AsyncIterator of $reader>"
}
