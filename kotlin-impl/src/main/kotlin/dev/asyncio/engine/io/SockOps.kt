package dev.asyncio.engine.io

import dev.asyncio.EventLoop
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.await.onLoop
import dev.asyncio.engine.impl
import dev.asyncio.engine.loop.HandleImpl
import dev.asyncio.engine.loop.readyItem
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.Datagram
import java.io.IOException
import java.net.InetSocketAddress
import java.net.SocketAddress
import java.nio.ByteBuffer
import java.nio.channels.DatagramChannel
import java.nio.channels.FileChannel
import java.nio.channels.SelectableChannel
import java.nio.channels.ServerSocketChannel
import java.nio.channels.SocketChannel

/** `sock_recv` and its like: each tries at once, and waits for the channel only if that would block. */
@NotOnAndroid
internal object SockOps {
    fun accept(loop: EventLoop, channel: ServerSocketChannel) = operation(loop, channel, "sockAccept") {
        untilReady(it, channel, Watch::setReader, unwanted = SocketChannel::close) {
            channel.accept()?.apply { configureBlocking(false) }
        }
    }

    fun connect(loop: EventLoop, channel: SocketChannel, address: SocketAddress) =
        operation<Void?>(loop, channel, "sockConnect") {
            connect(it, channel, resolved(it, address), isForOwner = false)
            null
        }

    /**
     * A channel that [isForOwner] stays in the selector: a transport is going to use it. An attempt that somebody has
     * left while it was pending is taken up again. One that is pending is not looked at before the next iteration, though
     * it may be through already, as on the loopback: a server on the same loop sees the connection first.
     */
    suspend fun connect(loop: LoopImpl, channel: SocketChannel, address: SocketAddress, isForOwner: Boolean) {
        try {
            if (!channel.isConnectionPending && channel.connect(address)) return
            if (isForOwner) Readiness.ownWatch(loop, channel).isForOwner = true
            whenReady(loop, channel, Watch::setWriter) {
                if (channel.finishConnect()) channel else null
            }
        } catch (e: IOException) {
            throw connectFailed(address, e)
        }
    }

    private suspend fun resolved(loop: LoopImpl, address: SocketAddress): SocketAddress =
        if (address is InetSocketAddress) NameLookup.resolved(loop, address) else address

    fun receive(loop: EventLoop, channel: SocketChannel, maxBytes: Int) = onConnection(loop, channel, "sockRecv") {
        untilReady(it, channel, Watch::setReader) { receiveArray(it, channel, maxBytes) }
    }

    /** The bytes that are there, none at the end of the stream; null if there is nothing yet. */
    private fun receiveArray(loop: LoopImpl, channel: SocketChannel, maxBytes: Int): ByteArray? =
        SelectorPoller.of(loop).withReadBuffer { buffer ->
            if (maxBytes < buffer.capacity()) buffer.limit(maxBytes)
            val count = channel.read(buffer)
            when {
                count > 0 -> ByteArray(count).also { buffer.flip().get(it) }
                count < 0 || maxBytes == 0 -> ByteArray(0)
                else -> null
            }
        }

    fun receiveInto(loop: EventLoop, channel: SocketChannel, buffer: ByteBuffer) =
        onConnection(loop, channel, "sockRecvInto") {
            untilReady(it, channel, Watch::setReader) {
                val isFull = !buffer.hasRemaining()
                val count = channel.read(buffer)
                if (count == 0 && !isFull) null else maxOf(count, 0)
            }
        }

    fun sendAll(loop: EventLoop, channel: SocketChannel, data: ByteBuffer) =
        onConnection<Void?>(loop, channel, "sockSendAll") {
            untilReady(it, channel, Watch::setWriter) {
                WriteBuffer.writeSome(channel, data)
                if (data.hasRemaining()) null else data
            }
            null
        }

    fun sendFile(loop: EventLoop, channel: SocketChannel, file: FileChannel, offset: Long, count: Long) =
        operation(loop, channel, "sockSendFile") { sendFile(it, channel, file, offset, count) }

    private suspend fun sendFile(
        loop: LoopImpl,
        channel: SocketChannel,
        file: FileChannel,
        offset: Long,
        count: Long,
    ): Long {
        val sending = FileSending(channel, addressOrNull { channel.remoteAddress }, file, offset, count)
        try {
            return untilReady(loop, channel, Watch::setWriter) { sending.proceed() }
        } finally {
            file.leavePosition(sending.position)
        }
    }

    fun receiveFrom(loop: EventLoop, channel: DatagramChannel, maxBytes: Int) =
        operation(loop, channel, "sockRecvFrom") {
            untilReady(it, channel, Watch::setReader) {
                SelectorPoller.of(it).withReadBuffer { buffer ->
                    if (maxBytes < buffer.capacity()) buffer.limit(maxBytes)
                    channel.receive(buffer)?.let { sender ->
                        buffer.flip()
                        Datagram(ByteArray(buffer.remaining()).also { bytes -> buffer.get(bytes) }, sender)
                    }
                }
            }
        }

    fun receiveFromInto(loop: EventLoop, channel: DatagramChannel, buffer: ByteBuffer) =
        operation(loop, channel, "sockRecvFromInto") {
            untilReady(it, channel, Watch::setReader) { channel.receive(buffer) }
        }

    fun sendTo(loop: EventLoop, channel: DatagramChannel, data: ByteBuffer, address: SocketAddress) =
        operation(loop, channel, "sockSendTo") {
            val target = resolved(it, address)
            val size = data.remaining()
            untilReady(it, channel, Watch::setWriter) {
                val sent = channel.sendTo(data, target)
                if (sent == 0 && size > 0) null else sent
            }
        }

    /** An [operation] through a connection, whose peer is named if that breaks. */
    private inline fun <T> onConnection(
        loop: EventLoop,
        channel: SocketChannel,
        name: String,
        crossinline block: suspend (LoopImpl) -> T,
    ) = operation(loop, channel, name) {
        try {
            block(it)
        } catch (e: IOException) {
            throw connectionBroke(addressOrNull { channel.remoteAddress }, e)
        }
    }

    private fun <T> operation(
        loop: EventLoop,
        channel: SelectableChannel,
        name: String,
        block: suspend (LoopImpl) -> T,
    ) = Operation(name) {
        onLoop { running ->
            val impl = loop.impl()
            check(running === impl) { "$name of $loop is awaited on another loop, $running" }
            require(!channel.isBlocking) { SelectorPoller.blocking(channel) }
            Readiness.checkFree(impl, channel)
            block(impl)
        }
    }

    /** The first result of [attempt] that is not null, at once or [when the channel is ready][whenReady]. */
    private suspend fun <T : Any> untilReady(
        loop: LoopImpl,
        channel: SelectableChannel,
        set: Watch.(HandleImpl?) -> Boolean,
        unwanted: (T) -> Unit = {},
        attempt: () -> T?,
    ): T = attempt() ?: whenReady(loop, channel, set, unwanted = unwanted, attempt = attempt)

    /**
     * The first result of [attempt] that is not null, trying whenever the channel is ready. Another operation on
     * the same channel may take its place meanwhile, and is then not disturbed by the end of this one. A result that
     * comes together with a cancellation is [unwanted].
     */
    private suspend fun <T : Any> whenReady(
        loop: LoopImpl,
        channel: SelectableChannel,
        set: Watch.(HandleImpl?) -> Boolean,
        unwanted: (T) -> Unit = {},
        attempt: () -> T?,
    ): T {
        val future = FutureImpl<T>(loop)
        val handle = loop.newIoHandle {
            if (!future.done()) {
                try {
                    attempt()?.let(future::setResult)
                } catch (e: Throwable) {
                    future.setException(e)
                }
            }
        }
        val watch = Readiness.ownWatch(loop, channel)
        watch.set(handle)
        future.addCallback(
            readyItem {
                if (!handle.cancelled()) {
                    watch.set(null)
                    Readiness.releaseIfIdle(loop, watch)
                }
            },
        )
        try {
            return awaitFuture(future)
        } catch (e: Throwable) {
            if (future.hasResult) unwanted(future.result())
            throw e
        }
    }
}
