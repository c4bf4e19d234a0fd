package dev.asyncio.engine.io

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.spi.NotOnAndroid
import java.io.IOException
import java.net.ConnectException
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.NoRouteToHostException
import java.net.SocketAddress
import java.net.SocketException
import java.net.UnknownHostException
import java.nio.channels.ClosedChannelException
import java.util.concurrent.Callable

/** Names of hosts, looked up on the loop's default executor. */
@NotOnAndroid
internal object NameLookup {
    /** The addresses of [host], in the system's order: at least one. An address in digits is not looked up. */
    suspend fun addresses(loop: LoopImpl, host: String, port: Int): List<InetSocketAddress> {
        val found = literal(host)?.let { arrayOf(it) } ?: lookUp(loop, host, port)
        return found.map { InetSocketAddress(it, port) }
    }

    suspend fun resolved(loop: LoopImpl, address: InetSocketAddress): InetSocketAddress =
        if (address.isUnresolved) addresses(loop, address.hostString, address.port).first() else address

    private suspend fun lookUp(loop: LoopImpl, host: String, port: Int): Array<InetAddress> = try {
        awaitFuture(loop.runInExecutor(null, Callable { InetAddress.getAllByName(host) }))
    } catch (e: UnknownHostException) {
        throw UnknownHostException("unknown host: $host:$port").initCause(e)
    }

    private fun literal(host: String): InetAddress? = if (isLiteral(host)) InetAddress.getByName(host) else null

    /** Whether [host] is an address in digits, for which nobody has to be asked. */
    fun isLiteral(host: String): Boolean =
        ':' in host || (host.count { it == '.' } == DOTS && host.all { it.isDigit() || it == '.' })

    /** The name of the host at [address]; the address in digits if it has none. */
    suspend fun nameOf(loop: LoopImpl, address: InetSocketAddress): String =
        awaitFuture(loop.runInExecutor(null, Callable { address.hostName }))

    private const val DOTS = 3
}

/** What a failed connect is, with the address in its message. */
internal fun connectFailed(address: SocketAddress, e: IOException): IOException {
    val message = "cannot connect to ${describe(address)}: ${e.message ?: e.javaClass.simpleName}"
    val named = when (e) {
        is ConnectException -> ConnectException(message)
        is NoRouteToHostException -> NoRouteToHostException(message)
        is SocketException -> SocketException(message)
        is UnknownHostException -> return e
        else -> IOException(message)
    }
    named.initCause(e)
    return named
}

/** What a connection breaks with, with [peer] in its message; a channel that was closed on this side says so itself. */
internal fun connectionFailed(peer: SocketAddress?, e: IOException): IOException {
    if (e is ClosedChannelException) return e
    val message = "connection with ${describe(peer)} failed: ${e.message ?: e.javaClass.simpleName}"
    return SocketException(message).apply { initCause(e) }
}

/** An address without a look-up of its name: `127.0.0.1:80`, `[::1]:80`, `/run/socket`. */
internal fun describe(address: SocketAddress?): String {
    if (address !is InetSocketAddress) return address?.toString()?.ifEmpty { null } ?: "an unnamed socket"
    val ip = address.address ?: return "${address.hostString}:${address.port}"
    val digits = ip.hostAddress
    return if (':' in digits) "[$digits]:${address.port}" else "$digits:${address.port}"
}
