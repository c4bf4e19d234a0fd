package dev.asyncio.engine.sync

import dev.asyncio.engine.LoopImpl
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater

/** Something that belongs to the loop in which somebody first had to wait for it, as asyncio's mixin of that name. */
internal abstract class LoopBound {
    // Any thread: two loops may meet here.
    @Volatile
    @JvmField
    protected var boundTo: LoopImpl? = null

    /** [loop], which the calling task is about to wait in; throws if it is not the one. */
    fun bind(loop: LoopImpl): LoopImpl {
        if (boundTo !== loop) {
            BOUND_TO.compareAndSet(this, null, loop)
            check(boundTo === loop) { "$this is bound to a different event loop" }
        }
        return loop
    }

    /** In debug mode: that the calling code runs on the loop. Called by what wakes others. */
    fun checkThread() {
        boundTo?.checkThread()
    }

    private companion object {
        val BOUND_TO: AtomicReferenceFieldUpdater<LoopBound, LoopImpl> =
            AtomicReferenceFieldUpdater.newUpdater(LoopBound::class.java, LoopImpl::class.java, "boundTo")
    }
}
