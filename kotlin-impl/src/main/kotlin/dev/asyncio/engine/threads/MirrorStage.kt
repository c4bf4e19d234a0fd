package dev.asyncio.engine.threads

import dev.asyncio.engine.LoopImpl
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit

/**
 * A [MirrorFuture], or a stage that `thenApply` and its like have made of one. Blocking on it with the baton of [loop]
 * in hand would wait for ever, so that is refused.
 */
internal open class MirrorStage<T>(
    @JvmField val loop: LoopImpl,
) : CompletableFuture<T>() {
    override fun get(): T {
        refuseOnLoop()
        return super.get()
    }

    override fun get(timeout: Long, unit: TimeUnit): T {
        refuseOnLoop()
        return super.get(timeout, unit)
    }

    override fun join(): T {
        refuseOnLoop()
        return super.join()
    }

    private fun refuseOnLoop() {
        check(isDone || !loop.isOnLoop) {
            "blocking on this future would stop the very loop that completes it: await it instead"
        }
    }

    override fun <U> newIncompleteFuture(): CompletableFuture<U> = MirrorStage(loop)
}
