package dev.asyncio.engine.io

import dev.asyncio.Asyncio
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.net.Socket
import java.net.SocketAddress
import java.net.SocketOption
import java.nio.ByteBuffer
import java.nio.channels.SocketChannel
import java.nio.channels.spi.SelectorProvider

/** The JDK copies all of an array that it is asked to write, also what the socket does not take. */
class LargeWritesTest {
    /** Takes all that it is offered, and notes how much that was. */
    private class Taking : SocketChannel(SelectorProvider.provider()) {
        val offered = ArrayList<Int>()

        override fun write(src: ByteBuffer): Int {
            val count = src.remaining()
            offered += count
            src.position(src.limit())
            return count
        }

        override fun write(srcs: Array<out ByteBuffer>, offset: Int, length: Int): Long = unused()

        override fun read(dst: ByteBuffer): Int = unused()

        override fun read(dsts: Array<out ByteBuffer>, offset: Int, length: Int): Long = unused()

        override fun bind(local: SocketAddress?): SocketChannel = unused()

        override fun <T> setOption(name: SocketOption<T>, value: T): SocketChannel = unused()

        override fun <T> getOption(name: SocketOption<T>): T = unused()

        override fun supportedOptions(): Set<SocketOption<*>> = emptySet()

        override fun shutdownInput(): SocketChannel = unused()

        override fun shutdownOutput(): SocketChannel = unused()

        override fun socket(): Socket = unused()

        override fun isConnected(): Boolean = true

        override fun isConnectionPending(): Boolean = false

        override fun connect(remote: SocketAddress): Boolean = unused()

        override fun finishConnect(): Boolean = unused()

        override fun getRemoteAddress(): SocketAddress = unused()

        override fun getLocalAddress(): SocketAddress = unused()

        override fun implCloseSelectableChannel() = Unit

        override fun implConfigureBlocking(block: Boolean) = Unit

        private fun unused(): Nothing = throw UnsupportedOperationException()
    }

    @Test
    fun sendAllOffersALargeArrayInPieces() {
        val size = 10_000_000
        Taking().use { channel ->
            channel.configureBlocking(false)
            Asyncio.newEventLoop().use { loop ->
                loop.runUntilComplete(loop.sockSendAll(channel, ByteArray(size)))
            }
            assertEquals(size, channel.offered.sum())
            assertTrue(channel.offered.max() <= 256 * 1024) { "offered ${channel.offered.max()} bytes at once" }
        }
    }
}
