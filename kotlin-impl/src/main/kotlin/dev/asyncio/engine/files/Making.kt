package dev.asyncio.engine.files

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.loop.Undelivered
import dev.asyncio.spi.NotOnAndroid
import java.util.concurrent.atomic.AtomicReference

/**
 * Something that is made off the loop, and that somebody has to discard if it does not come to who awaits it: because of a
 * cancellation, or because the loop is closed. Any thread.
 */
@NotOnAndroid
internal class Making<T : Any>(
    private val loop: LoopImpl,
    private val create: () -> T,
    private val dispose: (T) -> Unit,
) : Undelivered {
    private val made = AtomicReference<T?>()

    fun make(): T {
        val result = create()
        made.set(result)
        loop.dependents.add(this)
        if (loop.isClosed()) discard()
        return result
    }

    fun taken() {
        loop.dependents.remove(this)
    }

    fun discard() {
        loop.dependents.remove(this)
        made.getAndSet(null)?.let(dispose)
    }

    override fun loopClosed() = discard()
}
