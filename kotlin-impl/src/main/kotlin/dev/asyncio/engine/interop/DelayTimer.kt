package dev.asyncio.engine.interop

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.loop.Intake
import dev.asyncio.engine.loop.ReadyItem
import dev.asyncio.engine.loop.TimerEntry
import dev.asyncio.engine.loop.Undelivered
import kotlinx.coroutines.DisposableHandle

/** A timer of kotlinx: started and disposed of on any thread, but a timer of the loop's for all that. */
internal class DelayTimer(
    private val loop: LoopImpl,
    override val deadline: Long,
    private val action: () -> Unit,
    private val onClosed: () -> Unit,
) : ReadyItem(),
    TimerEntry,
    DisposableHandle,
    Undelivered {
    // Loop thread only.
    private var disposed = false
    override var scheduled: Boolean = false
    override val isCancelledTimer: Boolean get() = disposed

    fun start() {
        if (loop.isClosed()) return onClosed()
        if (loop.isOnLoop) loop.schedule(this) else loop.addThreadsafe(Start())
    }

    override fun dispose() = loop.runOnLoop {
        if (!disposed) {
            disposed = true
            if (scheduled) loop.timers.noteCancelled()
        }
    }

    override fun run() {
        if (!disposed) action()
    }

    override fun loopClosed() {
        if (!disposed) onClosed()
    }

    private inner class Start :
        Intake.Node(),
        Undelivered {
        override fun run() {
            if (!disposed) loop.schedule(this@DelayTimer)
        }

        override fun loopClosed() = this@DelayTimer.loopClosed()
    }
}
