package dev.asyncio.coroutines

import dev.asyncio.engine.await.KotlinCoroutine
import dev.asyncio.engine.await.awaitSuspending
import dev.asyncio.engine.streams.StreamFactory
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.spi.StreamHandler
import dev.asyncio.streams.ConnectionOptions
import dev.asyncio.streams.Server
import dev.asyncio.streams.ServerOptions
import dev.asyncio.streams.StreamConnection
import dev.asyncio.streams.StreamReader
import dev.asyncio.streams.StreamWriter
import dev.asyncio.streams.Streams
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.Flow
import java.nio.charset.Charset
import java.nio.file.Path

/** Connects to a server; `asyncio.open_connection`. As [Streams.openConnection] awaited. */
@NotOnAndroid
public suspend fun openConnection(
    host: String,
    port: Int,
    options: ConnectionOptions = ConnectionOptions.DEFAULT,
): StreamConnection = awaitSuspending(Streams.openConnection(host, port, options))

/** Connects to a Unix-domain socket; `asyncio.open_unix_connection`. As [Streams.openUnixConnection] awaited. */
@NotOnAndroid
public suspend fun openUnixConnection(
    path: Path,
    options: ConnectionOptions = ConnectionOptions.DEFAULT,
): StreamConnection = awaitSuspending(Streams.openUnixConnection(path, options))

/**
 * Listens, and runs [handler] as a task for each connection; `asyncio.start_server`. See [Streams.startServer].
 *
 * The connection stays open when the handler returns: close the writer. If the handler fails, that goes to the loop's
 * exception handler, and the connection is closed.
 *
 * @param host the name or address of an interface; null for all of them
 * @param port the port; 0 for any, see [Server.port]
 */
@NotOnAndroid
public suspend fun startServer(
    host: String?,
    port: Int,
    options: ServerOptions = ServerOptions.DEFAULT,
    handler: suspend CoroutineScope.(reader: StreamReader, writer: StreamWriter) -> Unit,
): Server {
    require(port in 0..MAX_PORT) { "port must be 0 to $MAX_PORT: $port" }
    return awaitSuspending(StreamFactory.start(bound(handler), host, port, options))
}

/**
 * Listens at a Unix-domain socket, and runs [handler] as a task for each connection; `asyncio.start_unix_server`. See
 * [Streams.startUnixServer].
 */
@NotOnAndroid
public suspend fun startUnixServer(
    path: Path,
    options: ServerOptions = ServerOptions.DEFAULT,
    handler: suspend CoroutineScope.(reader: StreamReader, writer: StreamWriter) -> Unit,
): Server = awaitSuspending(StreamFactory.startUnix(bound(handler), path, options))

@NotOnAndroid
private fun bound(handler: suspend CoroutineScope.(StreamReader, StreamWriter) -> Unit): StreamHandler =
    StreamHandler { reader, writer -> KotlinCoroutine<Unit> { handler(reader, writer) } }

/**
 * The lines to come as text, each without its `\n` or `\r\n`, until the end; `async for line in reader`. Fails as
 * [StreamReader.readLine] does. Collect it on the loop.
 */
@NotOnAndroid
public fun StreamReader.lines(charset: Charset = Charsets.UTF_8): Flow<String> = lines(charset).asFlow()

/** [StreamConnection.reader], for `val (reader, writer) = openConnection(…)`. */
@NotOnAndroid
public operator fun StreamConnection.component1(): StreamReader = reader()

/** [StreamConnection.writer], for `val (reader, writer) = openConnection(…)`. */
@NotOnAndroid
public operator fun StreamConnection.component2(): StreamWriter = writer()

private const val MAX_PORT = 0xFFFF
