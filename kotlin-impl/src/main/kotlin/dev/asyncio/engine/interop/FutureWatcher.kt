package dev.asyncio.engine.interop

import dev.asyncio.engine.loop.ReadyItem
import dev.asyncio.engine.loop.Undelivered
import dev.asyncio.engine.tasks.FutureImpl
import java.util.concurrent.CancellationException

/** Takes the outcome of a future, or the end of its loop, to somebody who is not on that loop: one of them, once. */
internal abstract class FutureWatcher<T>(protected val future: FutureImpl<T>) :
    ReadyItem(),
    Undelivered {
    /** Any thread. */
    protected fun watch() {
        val loop = future.loop
        loop.dependents.add(this)
        if (loop.isClosed()) return loopClosed()
        loop.runOnLoop { future.addCallback(this) }
        // It may stop before it takes that in. Either it sees this watcher then, or it is seen here to have stopped.
        if (!loop.isRunning()) loopStopped()
    }

    final override fun loopStopped() {
        // In this order: of a future that is done before the loop is seen to stand still, the whole outcome is visible.
        if (future.done() && !future.loop.isRunning()) run()
    }

    /** Any thread: nobody is to be told any more. False if somebody has been. */
    protected fun unwatch(): Boolean = future.loop.dependents.remove(this)

    final override fun run() {
        if (unwatch()) future.loop.telling(this) { tellOutcome() }
    }

    final override fun loopClosed() {
        if (future.done()) return run()
        if (unwatch()) tellLoopClosed(loopClosedCancellation())
    }

    /** The future is done. Called on its loop, or while that does not run. */
    protected abstract fun tellOutcome()

    /** The future will never be done. Any thread. */
    protected abstract fun tellLoopClosed(cause: CancellationException)

    override fun toString(): String = "<watcher of $future>"
}
