package dev.asyncio.engine.io

import dev.asyncio.Coroutine
import dev.asyncio.EventLoop
import dev.asyncio.ExceptionContext
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.await.currentTaskOrNull
import dev.asyncio.engine.await.onLoop
import dev.asyncio.engine.await.yieldOnce
import dev.asyncio.engine.loop.HandleImpl
import dev.asyncio.engine.loop.Undelivered
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.isCancellation
import dev.asyncio.engine.tasks.isFatal
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.Server
import dev.asyncio.streams.ServerOptions
import dev.asyncio.streams.StreamProtocol
import java.io.IOException
import java.net.InetSocketAddress
import java.nio.channels.ClosedChannelException
import java.nio.channels.ServerSocketChannel
import java.nio.channels.SocketChannel
import java.time.Duration
import java.util.Collections
import java.util.IdentityHashMap
import java.util.function.Supplier

/** asyncio's Server. Loop thread only. */
@NotOnAndroid
internal class ServerImpl(
    private val loop: LoopImpl,
    channels: List<ServerSocketChannel>,
    private val protocolFactory: Supplier<out StreamProtocol>,
    private val options: ServerOptions,
    /** What else there is to do when it closes. */
    private val onClose: () -> Unit = {},
) : Server,
    ChannelOwner {
    /** Null once it is closed. */
    private var watches: List<Watch>? = SelectorPoller.of(loop).let { poller ->
        channels.map { channel -> poller.watch(channel).also { it.owner = this } }
    }
    private val clients: MutableSet<ChannelTransport> = Collections.newSetFromMap(IdentityHashMap())

    /** Who waits for the end; null once that has come. */
    private var waiters: MutableList<FutureImpl<Unit>>? = ArrayList()
    private var serving = false
    private var servingForever: FutureImpl<Unit>? = null

    override fun sockets(): List<ServerSocketChannel> =
        watches.orEmpty().map { it.channel as ServerSocketChannel }

    override fun port(): Int = sockets().firstNotNullOfOrNull { (it.localAddress as? InetSocketAddress)?.port }
        ?: throw IllegalStateException("$this has no port")

    override fun isServing(): Boolean = serving

    override fun getLoop(): EventLoop = loop.face

    // ---- accepting

    fun beginServing() {
        if (serving) return
        val watches = checkNotNull(watches) { "$this is closed" }
        serving = true
        watches.forEach(::startAccepting)
    }

    private fun startAccepting(watch: Watch) {
        watch.setReader(loop.newIoHandle { accept(watch) })
    }

    private fun accept(watch: Watch) {
        val channel = watch.channel as ServerSocketChannel
        repeat(options.backlog()) {
            if (watches == null) return
            val connection = try {
                channel.accept() ?: return
            } catch (_: ClosedChannelException) {
                return
            } catch (e: IOException) {
                return acceptFailed(watch, e)
            }
            // As CPython, which makes a task of it: the protocol is made in the next iteration.
            loop.addReady(Accepted(connection))
        }
    }

    @NotOnAndroid
    private inner class Accepted(private val connection: SocketChannel) :
        HandleImpl(loop, Runnable { connected(connection) }, null, loop.callerCell.vars),
        Undelivered {
        override fun loopClosed() = connection.close()
    }

    /** Out of descriptors, most likely: to try again at once would be to spin. */
    private fun acceptFailed(watch: Watch, e: IOException) {
        loop.callExceptionHandler(
            ExceptionContext.builder("socket.accept() out of system resource")
                .exception(e)
                .extra("socket", watch.channel)
                .build(),
        )
        watch.setReader(null)
        loop.callLater(ACCEPT_RETRY_DELAY, { if (watches != null && serving) startAccepting(watch) }, null)
    }

    private fun connected(connection: SocketChannel) {
        if (watches == null) return connection.close()
        try {
            connection.configureBlocking(false)
            Connecting.openTransport(loop, connection, protocolFactory.get(), options.tls(), this, ::setUpFailed)
        } catch (e: Throwable) {
            connection.close()
            if (e.isFatal) throw e
            setUpFailed(e)
        }
    }

    private fun setUpFailed(e: Throwable) {
        if (!loop.debug) return
        loop.callExceptionHandler(
            ExceptionContext.builder("Error on transport creation for incoming connection").exception(e).build(),
        )
    }

    fun attach(transport: ChannelTransport) {
        clients.add(transport)
    }

    fun detach(transport: ChannelTransport) {
        if (clients.remove(transport) && clients.isEmpty() && watches == null) wakeUp()
    }

    // ---- serving

    override fun startServing(): Coroutine<Void?> = Operation("startServing") {
        onLoop {
            beginServing()
            yieldOnce()
        }
        null
    }

    override fun serveForever(): Coroutine<Void?> = Operation("serveForever") {
        onLoop {
            check(servingForever == null) { "server $this is already being awaited on serveForever()" }
            check(watches != null) { "server $this is closed" }
            beginServing()
            val forever = FutureImpl<Unit>(loop)
            servingForever = forever
            try {
                awaitFuture(forever)
            } catch (e: Throwable) {
                if (e.isCancellation) {
                    currentTaskOrNull()?.keepsCancellation()
                    close()
                    awaitClosed()
                }
                throw e
            } finally {
                servingForever = null
            }
        }
        null
    }

    override fun close() {
        val closing = watches ?: return
        loop.checkThread()
        watches = null
        serving = false
        val poller = SelectorPoller.of(loop)
        for (watch in closing) poller.close(watch, atOnce = true)
        onClose()
        servingForever?.let { if (!it.done()) it.cancel(null) }
        servingForever = null
        if (clients.isEmpty()) wakeUp()
    }

    override fun loopClosed() {
        watches.orEmpty().forEach { it.channel.close() }
        if (watches != null) onClose()
        watches = null
        serving = false
    }

    private fun wakeUp() {
        waiters.orEmpty().forEach { if (!it.done()) it.setResult(Unit) }
        waiters = null
    }

    override fun waitClosed(): Coroutine<Void?> = Operation("waitClosed") {
        onLoop { awaitClosed() }
        null
    }

    private suspend fun awaitClosed() {
        val waiting = waiters ?: return
        awaitFuture(FutureImpl<Unit>(loop).also(waiting::add))
    }

    override fun closeClients() = clients.toList().forEach { it.uppermost.close() }

    override fun abortClients() = clients.toList().forEach { it.uppermost.abort() }

    override fun toString(): String =
        "<Server ${sockets().map { describe(addressOrNull(it::getLocalAddress)) }}${if (serving) " serving" else ""}>"

    private companion object {
        val ACCEPT_RETRY_DELAY: Duration = Duration.ofSeconds(1)
    }
}
