package dev.asyncio.engine.files

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.whenDone
import dev.asyncio.spi.NotOnAndroid
import java.util.concurrent.Callable
import java.util.concurrent.atomic.AtomicBoolean

/**
 * Jobs on the loop's default executor, one after the other in the order in which they come: what they use is never used
 * by two threads at a time, nor by the loop's own while [isIdle] is false. Loop thread only.
 */
@NotOnAndroid
internal class FileJobs(private val loop: LoopImpl) {
    private val waiting = ArrayDeque<Job<*>>()
    private var running: Job<*>? = null

    val isIdle: Boolean get() = running == null

    /** How many stand in line, the running one included. */
    val size: Int get() = waiting.size + if (running == null) 0 else 1

    /** [work]'s result. Cancelled before it began, it does nothing; cancelled later, it is finished and [undo]ne. */
    suspend fun <T> run(undo: (() -> Unit)? = null, work: () -> T): T {
        val job = Job(work, undo, isRevocable = true)
        submit(job)
        val result =
            try {
                awaitFuture(job.future)
            } catch (e: Throwable) {
                job.left(isTaken = false)
                throw e
            }
        job.left(isTaken = true)
        return result
    }

    /** The future of [work], which is done whatever becomes of that future and of the executor. */
    fun <T> submitIrrevocable(work: () -> T): FutureImpl<T> {
        val job = Job(work, null, isRevocable = false)
        submit(job)
        return job.future
    }

    private fun submit(job: Job<*>) {
        waiting.addLast(job)
        if (running == null) startNext()
    }

    private fun startNext() {
        while (running == null) {
            val job = waiting.removeFirstOrNull() ?: return
            if (job.isRevocable && job.future.done()) continue // cancelled in line
            running = job
            job.start()
        }
    }

    @NotOnAndroid
    private inner class Job<T>(
        private val work: () -> T,
        private val undo: (() -> Unit)?,
        val isRevocable: Boolean,
    ) {
        val future = FutureImpl<T>(loop)

        /** Set by whoever is first: the thread that begins the work, or the loop that takes the job back. */
        private val settled = AtomicBoolean()

        /** Whether its result is on its way to who awaits it: a cancellation may still come first, and undo it. */
        private var isHeld = false
        private var isGivenUp = false

        fun start() {
            val result =
                try {
                    loop.runInExecutor(
                        null,
                        Callable {
                            if (settled.compareAndSet(false, true)) Done(work()) else null
                        },
                    )
                } catch (e: RuntimeException) {
                    // the executor refuses
                    if (isRevocable) future.fail(e) else workHere()
                    running = null
                    return
                }
            if (isRevocable) future.whenDone { if (future.cancelled()) settled.compareAndSet(false, true) }
            result.whenDone { finish(result) }
        }

        /** On the loop's thread, rather than not at all: the default executor is shut down before the loop is closed. */
        private fun workHere() {
            val result = runCatching(work)
            if (!future.done()) result.fold(future::setResult, future::fail)
        }

        private fun finish(result: FutureImpl<Done<T>?>) {
            val error = result.failureOrNull()
            val value = if (error == null) result.unsafeValue() else null
            when {
                error != null -> {
                    undo?.invoke()
                    if (!future.done()) future.fail(error)
                }
                value == null -> Unit // taken back
                future.done() || isGivenUp -> undo?.invoke()
                else -> {
                    isHeld = undo != null
                    future.setResult(value.value)
                }
            }
            if (!isHeld) makeRoom()
        }

        /** Who awaited it goes on. */
        fun left(isTaken: Boolean) {
            isGivenUp = !isTaken
            if (!isHeld) return
            isHeld = false
            if (isGivenUp) undo?.invoke()
            makeRoom()
        }

        private fun makeRoom() {
            running = null
            startNext()
        }
    }

    @NotOnAndroid
    private class Done<T>(val value: T)
}
