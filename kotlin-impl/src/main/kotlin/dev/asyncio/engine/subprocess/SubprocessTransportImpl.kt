package dev.asyncio.engine.subprocess

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.io.TRANSPORT_LOGGER
import dev.asyncio.engine.loop.Undelivered
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.engine.tasks.whenDone
import dev.asyncio.engine.threads.deliver
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.BaseProtocol
import dev.asyncio.subprocess.BrokenPipeException
import dev.asyncio.subprocess.ProcessLookupException
import dev.asyncio.subprocess.SubprocessProtocol
import dev.asyncio.subprocess.SubprocessTransport
import java.util.logging.Level

/** A process; asyncio's `BaseSubprocessTransport`. Loop thread only. */
@NotOnAndroid
internal class SubprocessTransportImpl(
    private val loop: LoopImpl,
    protocol: SubprocessProtocol,
    private val started: StartedProcess,
) : SubprocessTransport,
    Undelivered {
    private val process = started.process
    private val signals = SignalSender(process)

    /** Who is told. */
    var listener: SubprocessProtocol = protocol
        private set

    private var closed = false
    private var finished = false

    /** Whether `connectionLost` was called. */
    private var over = false

    /** Whether it came to an end before it was connected: the protocol, to which nothing was told, is told nothing. */
    private var isAbandoned = false
    private var returnCode: Int? = null
    private val exitWaiters = ArrayList<FutureImpl<Int>>()

    /** What happened before the pipes were connected; null from then on. */
    private var pendingCalls: MutableList<() -> Unit>? = ArrayList()

    private val stdin = pipe(0, started.stdin) { protocol, end -> WritePipeTransport(loop, protocol, end, ::broken) }
    private val stdout = pipe(1, started.stdout) { protocol, end -> ReadPipeTransport(loop, protocol, end) }
    private val stderr = pipe(2, started.stderr) { protocol, end -> ReadPipeTransport(loop, protocol, end) }
    private val pipes = listOfNotNull(stdin, stdout, stderr)

    /** A pipe with its transport. */
    @NotOnAndroid
    private class Connection<T : PipeTransport>(val protocol: ProcessPipe, val transport: T) {
        var isConnected = false
    }

    private fun <E : Any, T : PipeTransport> pipe(fd: Int, end: E?, make: (ProcessPipe, E) -> T): Connection<T>? {
        if (end == null) return null
        val protocol = ProcessPipe(this, fd)
        return Connection(protocol, make(protocol, end))
    }

    private fun broken(e: Throwable) =
        BrokenPipeException("Broken pipe: process ${process.pid()} (${started.program}) has closed its stdin", e)

    // ---- the beginning

    /** Returns when the pipes are connected and `connectionMade` is about to be called. */
    suspend fun open() {
        loop.dependents.add(this)
        if (loop.debug) TRANSPORT_LOGGER.log(Level.FINE, "process {0} created: {1}", arrayOf(started.program, this))
        val waiter = FutureImpl<Unit>(loop)
        val connecting = loop.newTask(Operation("connectPipes") { connectPipes(waiter) }, null, null)
        connecting.whenDone { if (!connecting.hasResult) abandon(connecting, waiter) }
        started.watcher.onExit { loop.deliver { processExited(ExitStatus.returnCode(it)) } }
        try {
            awaitFuture(waiter)
        } catch (e: Throwable) {
            close()
            awaitExit()
            throw e
        }
    }

    private suspend fun connectPipes(waiter: FutureImpl<Unit>) {
        for (pipe in pipes) {
            pipe.transport.connect()
            pipe.isConnected = true
        }
        loop.callSoon({ listener.connectionMade(this) }, null)
        pendingCalls?.forEach { loop.callSoon(it, null) }
        pendingCalls = null
        if (!waiter.done()) waiter.setResult(Unit)
    }

    /** Not all pipes were connected, and those are not going to be that are left, when the program ends for one. */
    private fun abandon(connecting: TaskImpl<*>, waiter: FutureImpl<Unit>) {
        isAbandoned = true
        pendingCalls = null
        for (pipe in pipes) pipe.transport.abort()
        finished = false // what was to be said then is not said
        tryFinish()
        val failure = if (connecting.isFailed) connecting.takeFailure() else null
        when {
            waiter.done() -> Unit
            failure == null -> waiter.cancel(null)
            else -> waiter.setException(failure)
        }
    }

    // ---- what happens

    /** Tells the protocol, in a handle of its own. */
    private fun call(action: () -> Unit) {
        if (isAbandoned) return
        val pending = pendingCalls
        if (pending == null) loop.callSoon(action, null) else pending.add(action)
    }

    fun pipeDataReceived(fd: Int, data: ByteArray) = call { listener.pipeDataReceived(fd, data) }

    fun pipeConnectionLost(fd: Int, exception: Throwable?) {
        call { listener.pipeConnectionLost(fd, exception) }
        tryFinish()
    }

    private fun processExited(code: Int) {
        if (loop.debug) TRANSPORT_LOGGER.log(Level.FINE, "{0} exited with return code {1}", arrayOf(this, code))
        returnCode = code
        call { listener.processExited() }
        stdin?.transport?.peerEnded()
        tryFinish()
    }

    private fun tryFinish() {
        if (finished || returnCode == null) return
        if (pipes.any { !it.protocol.isDisconnected || !(it.isConnected || isAbandoned) }) return
        finished = true
        if (isAbandoned) loop.callSoon(::connectionIsLost, null) else call(::connectionIsLost)
    }

    private fun connectionIsLost() {
        over = true
        loop.dependents.remove(this)
        try {
            if (!isAbandoned) listener.connectionLost(null)
        } finally {
            for (waiter in exitWaiters) if (!waiter.done()) waiter.setResult(returnCode!!)
            exitWaiters.clear()
        }
    }

    suspend fun awaitExit(): Int {
        returnCode?.let { return it }
        val waiter = FutureImpl<Int>(loop)
        exitWaiters.add(waiter)
        return awaitFuture(waiter)
    }

    // ---- signals

    override fun sendSignal(signal: String) {
        val name = SignalSender.checked(signal)
        loop.checkThread()
        if (over) {
            throw ProcessLookupException("process ${process.pid()} (${started.program}) has ended with $returnCode")
        }
        signals.send(name)
    }

    override fun terminate() = sendSignal("TERM")

    override fun kill() = sendSignal("KILL")

    // ---- the end

    override fun close() {
        loop.checkThread()
        if (closed) return
        closed = true
        for (pipe in pipes) if (pipe.isConnected) pipe.transport.close()
        if (returnCode != null || !process.isAlive) return
        if (loop.debug) TRANSPORT_LOGGER.log(Level.WARNING, "Close running child process: kill {0}", this)
        process.toHandle().destroyForcibly()
    }

    override fun abort() = close()

    override fun isClosing(): Boolean = closed

    override fun loopClosed() {
        loop.dependents.remove(this)
        val wasClosed = closed
        closed = true
        for (pipe in pipes) pipe.transport.loopClosed() // also those that are not connected yet
        if (wasClosed || !process.isAlive) return
        TRANSPORT_LOGGER.log(Level.WARNING, "{0} is killed, since its loop was closed while it ran", this)
        process.toHandle().destroyForcibly()
    }

    // ---- the rest

    override fun getPid(): Long = process.pid()

    override fun getReturnCode(): Int? = returnCode

    override fun getPipeTransport(fd: Int): PipeTransport? = when (fd) {
        0 -> stdin
        1 -> stdout
        2 -> stderr
        else -> null
    }?.takeIf { it.isConnected }?.transport

    override fun getExtraInfo(name: String): Any? = if (name == "subprocess") process else null

    override fun setProtocol(protocol: BaseProtocol) {
        require(protocol is SubprocessProtocol) { "a process' protocol is wanted: $protocol" }
        listener = protocol
    }

    override fun getProtocol(): BaseProtocol = listener

    override fun toString(): String = buildString {
        append("<SubprocessTransport")
        if (closed) append(" closed")
        append(" pid=").append(process.pid()).append(' ').append(started.program)
        append(returnCode?.let { " returncode=$it" } ?: " running")
        append('>')
    }
}
