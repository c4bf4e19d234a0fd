package dev.asyncio.engine.subprocess

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.io.reportFailure
import dev.asyncio.engine.loop.Undelivered
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.BaseProtocol
import dev.asyncio.streams.StreamProtocol
import dev.asyncio.streams.Transport

/** One end of a pipe. Loop thread only. */
@NotOnAndroid
internal abstract class PipeTransport(
    protected val loop: LoopImpl,
    protected var currentProtocol: StreamProtocol,
    private val end: Any,
) : Transport,
    Undelivered {
    protected var closing = false

    /** Whether `connectionLost` was called, or is about to be. */
    protected var lost = false
        private set

    /** Begins, in three handles, in this order: `connectionMade`, what [begin] does, and whoever awaits this. */
    suspend fun connect() {
        val opened = FutureImpl<Unit>(loop)
        loop.dependents.add(this)
        loop.callSoon({ currentProtocol.connectionMade(this) }, null)
        loop.callSoon(::begin, null)
        loop.callSoon({ if (!opened.done()) opened.setResult(Unit) }, null)
        try {
            awaitFuture(opened)
        } catch (e: Throwable) {
            close()
            throw e
        }
    }

    protected abstract fun begin()

    /** Lets go of the pipe. */
    protected abstract fun release()

    override fun isClosing(): Boolean = closing

    override fun abort() = forceClose(null)

    /** Ends it, because of [cause] if there is one. */
    open fun forceClose(cause: Throwable?) {
        closing = true
        if (lost) return
        lost = true
        loop.callSoon({ connectionIsLost(cause) }, null)
    }

    /** As [forceClose], without a handle of its own. */
    protected fun loseNow(cause: Throwable?) {
        lost = true
        connectionIsLost(cause)
    }

    private fun connectionIsLost(cause: Throwable?) {
        loop.dependents.remove(this)
        try {
            currentProtocol.connectionLost(cause)
        } finally {
            release()
        }
    }

    protected fun failed(e: Throwable, message: String) {
        loop.reportFailure(e, message, this, this, currentProtocol)
        forceClose(e)
    }

    override fun loopClosed() {
        loop.dependents.remove(this)
        closing = true
        lost = true
        release()
    }

    override fun getProtocol(): BaseProtocol = currentProtocol

    override fun getExtraInfo(name: String): Any? = if (name == "pipe") end else null

    protected fun stateName(): String = when {
        lost -> " closed"
        closing -> " closing"
        else -> ""
    }
}
