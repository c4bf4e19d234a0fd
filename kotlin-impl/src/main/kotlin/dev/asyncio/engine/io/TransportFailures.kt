package dev.asyncio.engine.io

import dev.asyncio.ExceptionContext
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.tasks.isFatal
import dev.asyncio.streams.BaseTransport
import java.io.IOException
import java.util.logging.Level
import java.util.logging.Logger

/** asyncio's, which what transports have to say goes to. */
internal val TRANSPORT_LOGGER: Logger = Logger.getLogger("asyncio")

/** So many writes after the end are dropped in silence; CPython's `LOG_THRESHOLD_FOR_CONNLOST_WRITES`. */
internal const val WRITES_UNTIL_WARNING = 5

/** What is told of a transport that fails. */
internal fun report(message: String, e: Throwable, transport: BaseTransport, protocol: Any): ExceptionContext =
    ExceptionContext.builder(message)
        .exception(e)
        .extra("transport", transport)
        .extra("protocol", protocol)
        .build()

/**
 * Tells that [source] ends because of [e], as asyncio's `_fatal_error` does: what the peer or the system does is no news
 * but in debug mode. Throws what is fatal.
 */
internal fun LoopImpl.reportFailure(
    e: Throwable,
    message: String,
    source: Any,
    transport: BaseTransport,
    protocol: Any,
) {
    if (e.isFatal) throw e
    if (e !is IOException) {
        callExceptionHandler(report(message, e, transport, protocol))
    } else if (debug) {
        TRANSPORT_LOGGER.log(Level.FINE, "$source: $message", e)
    }
}
