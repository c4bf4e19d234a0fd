package dev.asyncio.benchmarks.io

import dev.asyncio.Asyncio
import dev.asyncio.Awaitable
import dev.asyncio.Carrier
import dev.asyncio.EventLoop
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.startServer
import dev.asyncio.streams.Protocol
import dev.asyncio.streams.Server
import dev.asyncio.streams.ServerOptions
import dev.asyncio.streams.Transport
import java.nio.ByteBuffer

/** The echo server in the SDK's three styles. */
internal object SdkEcho {
    private const val READ_SIZE = 65536
    private val options = ServerOptions.DEFAULT.withBacklog(EchoServer.BACKLOG)

    fun serveByCallbacks(announce: (Int) -> Unit) = serve(Asyncio.newEventLoop(), announce) {
        it.createServer(::Echo, EchoServer.HOST, 0, options)
    }

    private class Echo : Protocol {
        private lateinit var transport: Transport

        override fun connectionMade(transport: Transport) {
            this.transport = transport
        }

        override fun dataReceived(data: ByteBuffer) = transport.write(data)
    }

    /** A suspend function for each connection. */
    fun serveByStreams(announce: (Int) -> Unit) = serve(Asyncio.newEventLoop(), announce) {
        coroutine {
            startServer(EchoServer.HOST, 0, options) { reader, writer ->
                while (true) {
                    val data = reader.read(READ_SIZE).await()
                    if (data.isEmpty()) break
                    writer.write(data)
                    writer.drain().await()
                }
                writer.close()
            }
        }
    }

    /** A Java body for each connection. */
    fun serveByBodies(carrier: Carrier, announce: (Int) -> Unit) = serve(Asyncio.newEventLoop(carrier), announce) {
        EchoBodies.start(options)
    }

    private fun serve(loop: EventLoop, announce: (Int) -> Unit, start: (EventLoop) -> Awaitable<Server>) {
        Asyncio.setEventLoop(loop)
        val server = loop.runUntilComplete(start(loop))
        announce(server.port())
        loop.runForever()
    }
}
