package dev.asyncio.engine.streams

import dev.asyncio.Coroutine
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.onLoop
import dev.asyncio.engine.io.Connecting
import dev.asyncio.engine.io.Listening
import dev.asyncio.engine.io.SelectorPoller
import dev.asyncio.engine.io.ServerImpl
import dev.asyncio.engine.io.UnixSockets
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.spi.StreamHandler
import dev.asyncio.streams.ConnectionOptions
import dev.asyncio.streams.Server
import dev.asyncio.streams.ServerOptions
import dev.asyncio.streams.StreamConnection
import java.nio.channels.SocketChannel
import java.nio.file.Path
import java.util.function.Supplier

/** asyncio's `open_connection` and `start_server`, on the loop that runs. */
@NotOnAndroid
internal object StreamFactory {
    fun open(host: String, port: Int, options: ConnectionOptions) = opening(options, host) { loop ->
        Connecting.connect(loop, host, port, options)
    }

    fun open(channel: SocketChannel, options: ConnectionOptions) = opening(options, null) { channel }

    fun openUnix(path: Path, options: ConnectionOptions) = opening(options, null) { loop ->
        UnixSockets.connect(loop, path)
    }

    private fun opening(
        options: ConnectionOptions,
        host: String?,
        connect: suspend (LoopImpl) -> SocketChannel,
    ): Coroutine<StreamConnection> = Operation("openConnection") {
        onLoop { loop ->
            SelectorPoller.of(loop)
            val channel = connect(loop)
            val reader = StreamReaderImpl(loop, options.limit())
            val protocols = Supplier { StreamProtocolImpl(loop, reader, null) }
            val made = Connecting.open(loop, channel, protocols, options.tls(), host = host)
            StreamConnection(reader, StreamWriterImpl(loop, made.transport(), made.protocol(), reader))
        }
    }

    fun start(handler: StreamHandler, host: String?, port: Int, options: ServerOptions) =
        serving("startServer", options) { loop ->
            val channels = Listening.bind(loop, listOf(host), port, options)
            ServerImpl(loop, channels, protocols(loop, handler, options), options)
        }

    fun startUnix(handler: StreamHandler, path: Path, options: ServerOptions) =
        serving("startUnixServer", options) { loop ->
            UnixSockets.serve(loop, protocols(loop, handler, options), path, options)
        }

    private fun serving(
        name: String,
        options: ServerOptions,
        bind: suspend (LoopImpl) -> ServerImpl,
    ): Coroutine<Server> = Operation(name) {
        onLoop { loop ->
            SelectorPoller.of(loop)
            Listening.serve(bind(loop), options)
        }
    }

    private fun protocols(loop: LoopImpl, handler: StreamHandler, options: ServerOptions) = Supplier {
        StreamProtocolImpl(loop, StreamReaderImpl(loop, options.limit()), handler)
    }
}
