package dev.asyncio.engine.files

import dev.asyncio.AsyncIterator
import dev.asyncio.Coroutine
import dev.asyncio.engine.LoopImpl
import dev.asyncio.files.AsyncFile
import dev.asyncio.files.FileMode
import dev.asyncio.spi.NotOnAndroid
import java.nio.ByteBuffer

/** An open file of bytes. Loop thread only. */
@NotOnAndroid
internal class AsyncFileImpl(loop: LoopImpl, bytes: ByteFile, mode: FileMode) :
    OpenFileImpl(loop, bytes, mode),
    AsyncFile {
    private val readingLine = Reading(bytes::lineInBuffer, bytes::readLine)

    override fun read(): Coroutine<ByteArray> = Reading({ null }, bytes::readAll)

    override fun read(n: Int): Coroutine<ByteArray> {
        require(n >= 0) { "cannot read $n bytes" }
        return Reading({ bytes.bytesInBuffer(n) }, { bytes.read(n) })
    }

    override fun readLine(): Coroutine<ByteArray> = readingLine

    override fun lines(): AsyncIterator<ByteArray> = Lines(readingLine) { it.isEmpty() }

    override fun write(data: ByteArray): Coroutine<Int> = writing { data.clone() }

    override fun write(data: ByteBuffer): Coroutine<Int> = writing { ByteArray(data.remaining()).also { data.get(it) } }

    private fun writing(copy: () -> ByteArray): Coroutine<Int> = blockingWith("write to ${path()}", copy) { copied ->
        bytes.write(ByteBuffer.wrap(copied))
        copied.size
    }

    override fun mark(): () -> Unit {
        val at = bytes.position
        return { bytes.goBackTo(at) }
    }

    override fun tellNow(): Long = bytes.position

    override fun seekNow(position: Long): Long = bytes.seek(position)

    override fun settleNow() = Unit
}
