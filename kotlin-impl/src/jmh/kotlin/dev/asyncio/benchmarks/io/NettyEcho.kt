package dev.asyncio.benchmarks.io

import io.netty.bootstrap.ServerBootstrap
import io.netty.buffer.PooledByteBufAllocator
import io.netty.channel.ChannelHandlerContext
import io.netty.channel.ChannelInboundHandlerAdapter
import io.netty.channel.ChannelInitializer
import io.netty.channel.ChannelOption
import io.netty.channel.MultiThreadIoEventLoopGroup
import io.netty.channel.nio.NioIoHandler
import io.netty.channel.socket.SocketChannel
import io.netty.channel.socket.nio.NioServerSocketChannel
import java.net.InetSocketAddress

/** The echo server on Netty: one loop on NIO, pooled buffers, nothing in the pipeline but the echo. */
internal object NettyEcho {
    fun serve(announce: (Int) -> Unit) {
        val loop = MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())
        val server = ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel::class.java)
            .option(ChannelOption.SO_BACKLOG, EchoServer.BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childHandler(
                object : ChannelInitializer<SocketChannel>() {
                    override fun initChannel(channel: SocketChannel) {
                        channel.pipeline().addLast(Echo())
                    }
                },
            )
            .bind(EchoServer.HOST, 0)
            .sync()
            .channel()
        announce((server.localAddress() as InetSocketAddress).port)
        server.closeFuture().sync()
    }

    private class Echo : ChannelInboundHandlerAdapter() {
        override fun channelRead(context: ChannelHandlerContext, message: Any) {
            context.write(message, context.voidPromise())
        }

        override fun channelReadComplete(context: ChannelHandlerContext) {
            context.flush()
        }

        override fun exceptionCaught(context: ChannelHandlerContext, cause: Throwable) {
            context.close()
        }
    }
}
