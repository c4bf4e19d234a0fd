package dev.asyncio.engine.io

import java.io.IOException
import java.net.BindException
import java.net.ConnectException
import java.net.InetSocketAddress
import java.net.NoRouteToHostException
import java.net.SocketAddress
import java.net.SocketException
import java.net.UnknownHostException
import java.nio.channels.ClosedChannelException

/*
 * What sockets fail with, as everybody is told of it: with the address in the message, which the JDK leaves out.
 */

internal fun bindFailed(address: String, e: IOException): IOException {
    val message = "error while attempting to bind on address $address: ${e.message ?: e.javaClass.simpleName}"
    return (if (e is SocketException) BindException(message) else IOException(message)).apply { initCause(e) }
}

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

/** Of a connection with [peer] that was there; a channel that was closed on this side says so itself. */
internal fun connectionBroke(peer: SocketAddress?, e: IOException): IOException {
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
