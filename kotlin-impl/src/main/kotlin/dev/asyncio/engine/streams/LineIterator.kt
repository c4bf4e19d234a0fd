package dev.asyncio.engine.streams

import dev.asyncio.AsyncIterator
import dev.asyncio.Coroutine
import dev.asyncio.engine.await.NOT_NOW
import dev.asyncio.engine.await.QuickOperation
import dev.asyncio.engine.internal.ElementIterator
import dev.asyncio.spi.NotOnAndroid

/** The lines of a reader, until its end. Loop thread only. */
@NotOnAndroid
internal class LineIterator<T : Any>(
    private val reader: StreamReaderImpl,
    private val convert: (ByteArray) -> T,
) : ElementIterator<T>() {
    private val advancing = Advancing()

    override fun advance(): Coroutine<Boolean> = advancing

    private fun take(bytes: ByteArray): Boolean = bytes.isNotEmpty() && found(convert(bytes))

    private inner class Advancing : QuickOperation<Boolean>() {
        override fun now(): Any? {
            leaveElement()
            val bytes = reader.lineNow()
            return if (bytes === NOT_NOW) NOT_NOW else take(bytes as ByteArray)
        }

        override suspend fun later(): Boolean = take(reader.lineLater())

        override fun toString(): String = "lines.advance"
    }

    override fun toString(): String = "<AsyncIterator of $reader>"
}
