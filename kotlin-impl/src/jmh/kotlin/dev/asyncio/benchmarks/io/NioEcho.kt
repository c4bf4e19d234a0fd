package dev.asyncio.benchmarks.io

import java.io.IOException
import java.net.InetSocketAddress
import java.net.StandardSocketOptions
import java.nio.ByteBuffer
import java.nio.channels.SelectionKey
import java.nio.channels.Selector
import java.nio.channels.ServerSocketChannel
import java.nio.channels.SocketChannel
import java.util.function.Consumer

/** The least that an echo server on NIO can be: a selector, a buffer, and what was not sent attached to the key. */
internal object NioEcho {
    private const val BUFFER_SIZE = 256 * 1024

    fun serve(announce: (Int) -> Unit) {
        val selector = Selector.open()
        val server = ServerSocketChannel.open()
        server.bind(InetSocketAddress(EchoServer.HOST, 0), EchoServer.BACKLOG)
        server.configureBlocking(false)
        server.register(selector, SelectionKey.OP_ACCEPT)
        announce((server.localAddress as InetSocketAddress).port)
        val buffer = ByteBuffer.allocateDirect(BUFFER_SIZE)
        val serve = Consumer<SelectionKey> { key ->
            try {
                when {
                    key.isAcceptable -> accept(server, selector)
                    key.isWritable -> send(key)
                    else -> echo(key, buffer)
                }
            } catch (_: IOException) {
                key.channel().close() // reset by the peer
            }
        }
        while (true) selector.select(serve)
    }

    private fun accept(server: ServerSocketChannel, selector: Selector) {
        while (true) {
            val connection = server.accept() ?: return
            connection.configureBlocking(false)
            connection.setOption(StandardSocketOptions.TCP_NODELAY, true)
            connection.register(selector, SelectionKey.OP_READ)
        }
    }

    private fun echo(key: SelectionKey, buffer: ByteBuffer) {
        val connection = key.channel() as SocketChannel
        buffer.clear()
        if (connection.read(buffer) < 0) return connection.close()
        buffer.flip()
        connection.write(buffer)
        if (!buffer.hasRemaining()) return
        key.attach(ByteBuffer.allocate(buffer.remaining()).put(buffer).flip())
        key.interestOps(SelectionKey.OP_WRITE)
    }

    private fun send(key: SelectionKey) {
        val left = key.attachment() as ByteBuffer
        (key.channel() as SocketChannel).write(left)
        if (left.hasRemaining()) return
        key.attach(null)
        key.interestOps(SelectionKey.OP_READ)
    }
}
