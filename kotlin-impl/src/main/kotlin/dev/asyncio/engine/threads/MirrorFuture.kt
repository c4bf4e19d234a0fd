package dev.asyncio.engine.threads

import dev.asyncio.CancelledError
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.loop.Undelivered
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.whenDone
import java.util.concurrent.CompletableFuture

/**
 * A loop's future as other threads may hold it: takes its outcome over, and passes a cancel on to it. Thread-safe.
 */
internal class MirrorFuture<T>(loop: LoopImpl) :
    MirrorStage<T>(loop),
    Undelivered {
    @Volatile private var source: FutureImpl<T>? = null

    private fun watch() {
        loop.dependents.add(this)
        if (loop.isClosed()) loopClosed()
    }

    /** The loop will not complete it any more. */
    override fun loopClosed() {
        val source = source
        if (source?.done() == true) return takeOutcome(source)
        loop.dependents.remove(this)
        completeExceptionally(IllegalStateException("Event loop is closed"))
    }

    private fun follow(source: FutureImpl<T>) {
        this.source = source
        source.whenDone { takeOutcome(source) }
        // Never at once, even if this was cancelled before: a task that has just been made takes its first step.
        whenComplete { _, _ -> if (isCancelled && !source.done()) loop.deliver { source.cancel(null) } }
    }

    private fun takeOutcome(source: FutureImpl<T>) {
        loop.dependents.remove(this)
        when {
            source.cancelled() -> cancel(false)
            source.isFailed -> if (completeExceptionally(source.peekFailure())) source.markRetrieved()
            else -> complete(source.unsafeValue())
        }
    }

    /** A failure that is a cancellation of the loop's side reads as one here. */
    override fun completeExceptionally(error: Throwable): Boolean =
        if (error is CancelledError) super.cancel(false) else super.completeExceptionally(error)

    companion object {
        /** Called on the loop, or while it does not run. */
        fun <T> of(future: FutureImpl<T>): CompletableFuture<T> {
            val mirror = MirrorFuture<T>(future.loop)
            if (future.done()) {
                mirror.takeOutcome(future)
            } else {
                mirror.watch()
                mirror.follow(future)
            }
            return mirror
        }

        /** Called on any thread: of the future that [make] gives when the loop comes to it. */
        fun <T> later(loop: LoopImpl, make: () -> FutureImpl<T>): CompletableFuture<T> {
            val mirror = MirrorFuture<T>(loop).apply { watch() }
            val start = Runnable {
                try {
                    mirror.follow(make())
                } catch (e: Throwable) {
                    loop.dependents.remove(mirror)
                    mirror.completeExceptionally(e)
                    throw e
                }
            }
            try {
                loop.callSoonThreadsafe(start, null)
            } catch (e: IllegalStateException) {
                loop.dependents.remove(mirror)
                throw e
            }
            return mirror
        }
    }
}
