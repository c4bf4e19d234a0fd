package dev.asyncio.engine.io

import dev.asyncio.engine.LoopImpl
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.ServerOptions
import dev.asyncio.streams.StreamProtocol
import java.io.IOException
import java.lang.reflect.InvocationTargetException
import java.net.BindException
import java.net.ProtocolFamily
import java.net.SocketAddress
import java.net.StandardProtocolFamily
import java.nio.channels.ServerSocketChannel
import java.nio.channels.SocketChannel
import java.nio.file.Files
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import java.nio.file.attribute.BasicFileAttributes
import java.util.function.Supplier
import java.util.logging.Level

/** Sockets that are files, by reflection: they came with JDK 16. */
@NotOnAndroid
internal object UnixSockets {
    private val family: ProtocolFamily
        get() = StandardProtocolFamily.values().firstOrNull { it.name == "UNIX" }
            ?: throw UnsupportedOperationException(
                "Unix-domain sockets need JDK 16 or newer, this is ${System.getProperty("java.version")}",
            )

    suspend fun connect(loop: LoopImpl, path: Path): SocketChannel {
        val address = addressOf(path)
        val channel = call {
            SocketChannel::class.java.getMethod("open", ProtocolFamily::class.java).invoke(null, family)
        } as SocketChannel
        try {
            channel.configureBlocking(false)
            SockOps.connect(loop, channel, address, isForOwner = true)
            return channel
        } catch (e: Throwable) {
            SelectorPoller.of(loop).close(channel)
            throw e
        }
    }

    fun serve(
        loop: LoopImpl,
        protocolFactory: Supplier<out StreamProtocol>,
        path: Path,
        options: ServerOptions,
    ): ServerImpl {
        val channels = listOf(bind(path, options))
        val onClose = if (options.cleanupSocket()) cleanUp(path) else ({})
        return ServerImpl(loop, channels, protocolFactory, options, onClose)
    }

    private fun bind(path: Path, options: ServerOptions): ServerSocketChannel {
        val address = addressOf(path)
        val channel = call {
            ServerSocketChannel::class.java.getMethod("open", ProtocolFamily::class.java).invoke(null, family)
        } as ServerSocketChannel
        try {
            channel.configureBlocking(false)
            if (isSocket(path)) Files.delete(path)
            channel.bind(address, options.backlog())
            return channel
        } catch (e: Throwable) {
            channel.close()
            throw when {
                e is BindException || (e is IOException && Files.exists(path)) ->
                    BindException("Address '$path' is already in use").apply { initCause(e) }
                e is IOException -> bindFailed("'$path'", e)
                else -> e
            }
        }
    }

    /** What removes the file at [path], if it is still the one that is there now. A file that stays is no failure. */
    private fun cleanUp(path: Path): () -> Unit {
        val before = identity(path)
        return {
            try {
                if (before != null && before == identity(path)) Files.deleteIfExists(path)
            } catch (e: IOException) {
                TRANSPORT_LOGGER.log(Level.SEVERE, "Unable to clean up listening UNIX socket '$path'", e)
            }
        }
    }

    private fun identity(path: Path): Any? = try {
        Files.readAttributes(path, BasicFileAttributes::class.java).fileKey()
    } catch (_: IOException) {
        null
    }

    /** Whether a socket's file is left at [path]. */
    private fun isSocket(path: Path): Boolean = try {
        Files.getAttribute(path, "unix:mode") as Int and FILE_TYPE == SOCKET
    } catch (_: NoSuchFileException) {
        false
    } catch (_: UnsupportedOperationException) {
        Files.readAttributes(path, BasicFileAttributes::class.java).isOther // a system without that attribute
    }

    private fun addressOf(path: Path): SocketAddress {
        family // for its error message
        return call {
            Class.forName("java.net.UnixDomainSocketAddress").getMethod("of", Path::class.java).invoke(null, path)
        } as SocketAddress
    }

    private inline fun call(method: () -> Any): Any = try {
        method()
    } catch (e: InvocationTargetException) {
        throw e.targetException
    }

    private const val FILE_TYPE = 0xF000
    private const val SOCKET = 0xC000
}
