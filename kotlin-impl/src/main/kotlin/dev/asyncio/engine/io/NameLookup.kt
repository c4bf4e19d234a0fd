package dev.asyncio.engine.io

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.spi.NotOnAndroid
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.UnknownHostException
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
