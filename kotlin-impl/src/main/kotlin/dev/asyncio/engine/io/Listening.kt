package dev.asyncio.engine.io

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.yieldOnce
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.Server
import dev.asyncio.streams.ServerOptions
import java.io.IOException
import java.net.InetSocketAddress
import java.net.SocketException
import java.net.SocketOption
import java.net.StandardSocketOptions
import java.nio.channels.NetworkChannel
import java.nio.channels.ServerSocketChannel
import java.nio.channels.UnresolvedAddressException

/** How servers come to their sockets: asyncio's `create_server`. */
@NotOnAndroid
internal object Listening {
    /** Bound channels for all addresses of all [hosts]; null or an empty name is every interface. */
    suspend fun bind(
        loop: LoopImpl,
        hosts: List<String?>,
        port: Int,
        options: ServerOptions,
    ): List<ServerSocketChannel> {
        require(hosts.isNotEmpty()) { "a server needs a host" }
        val addresses = LinkedHashSet<InetSocketAddress>()
        for (host in hosts) {
            if (host.isNullOrEmpty()) {
                addresses += InetSocketAddress(port)
            } else {
                addresses += NameLookup.addresses(loop, host, port)
            }
        }
        return bindAll(addresses, options)
    }

    private fun bindAll(addresses: Set<InetSocketAddress>, options: ServerOptions): List<ServerSocketChannel> {
        val channels = ArrayList<ServerSocketChannel>()
        var missing: IOException? = null
        try {
            for (address in addresses) {
                try {
                    channels += bind(address, options)
                } catch (e: IOException) {
                    // An address of a protocol that this machine does not speak is no matter, if there is another.
                    if (!isUnavailable(e)) throw e
                    missing = e
                }
            }
            if (channels.isEmpty()) throw checkNotNull(missing)
            return channels
        } catch (e: Throwable) {
            channels.forEach { it.close() }
            throw e
        }
    }

    private fun isUnavailable(e: IOException): Boolean =
        e.cause?.message.orEmpty().let { "Cannot assign requested address" in it || "unsupported" in it.lowercase() }

    private fun bind(address: InetSocketAddress, options: ServerOptions): ServerSocketChannel {
        val channel = ServerSocketChannel.open()
        try {
            channel.configureBlocking(false)
            val reuseAddress = options.reuseAddress() ?: !System.getProperty("os.name").startsWith("Windows")
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, reuseAddress)
            if (options.reusePort()) sharePort(channel)
            channel.bind(address, options.backlog())
            return channel
        } catch (e: Throwable) {
            channel.close()
            throw when (e) {
                is IOException -> bindFailed(describe(address), e)
                is UnresolvedAddressException -> SocketException("unresolved address: ${describe(address)}")
                else -> e
            }
        }
    }

    /** What every server begins with. */
    suspend fun serve(server: ServerImpl, options: ServerOptions): Server {
        if (!options.startServing()) return server
        server.beginServing()
        try {
            yieldOnce()
        } catch (e: Throwable) {
            server.close()
            throw e
        }
        return server
    }

    fun sharePort(channel: NetworkChannel) {
        val option: SocketOption<Boolean> = StandardSocketOptions.SO_REUSEPORT
        require(option in channel.supportedOptions()) { "reusePort is not supported by this platform" }
        channel.setOption(option, true)
    }
}
