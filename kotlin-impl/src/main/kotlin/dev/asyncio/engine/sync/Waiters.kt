package dev.asyncio.engine.sync

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.tasks.FutureImpl

/** A place in a line: a future that knows its neighbours. */
internal open class Waiter(loop: LoopImpl, protected val line: Waiters) : FutureImpl<Unit>(loop) {
    // Written by the line only.
    @JvmField var previous: Waiter? = null

    @JvmField var next: Waiter? = null

    @JvmField var standing = false

    /** Whether it was its turn; it may be cancelled all the same before it runs. */
    val wasWoken: Boolean get() = done() && !cancelled()

    override fun cancel(message: String?): Boolean {
        val cancelled = super.cancel(message)
        if (cancelled && standing) line.noteCancelled()
        return cancelled
    }
}

/**
 * The one place where anybody waits in line. Loop thread only.
 *
 * Who waits [join]s at the end and [stand]s there until it is woken or cancelled. Waking makes the waiter's task
 * ready; it runs one iteration later, and what may happen meanwhile is where asyncio's primitives differ. So there are
 * two policies: [order] says who is next, and [leavesWhenWoken] whether one who was woken leaves the line at once or
 * stands in it until it runs. A waiter that is cancelled stands in line until it runs, as in asyncio, where it is seen
 * by those who count. All of it takes constant time, amortized.
 */
internal class Waiters(
    private val order: WakeOrder = WakeOrder.FIRST_PENDING,
    private val leavesWhenWoken: Boolean = false,
) {
    /** The waiter at the head of the line, pending or not. */
    var first: Waiter? = null
        private set
    private var last: Waiter? = null

    /** The last of those at the head that are known not to be pending; null: of none it is known. */
    private var passed: Waiter? = null

    private var cancelled = 0

    /** How many stand in line, woken and cancelled ones that have not run yet included. */
    var size: Int = 0
        private set

    val isEmpty: Boolean get() = size == 0

    /** Whether nobody in line wants to be served any more: all are cancelled, and will see it when they run. */
    val isVoid: Boolean get() = size == cancelled

    /** Puts a new waiter at the end of the line. */
    fun join(loop: LoopImpl): Waiter = Waiter(loop, this).also(::join)

    /** Puts [waiter] at the end of the line. */
    fun join(waiter: Waiter) {
        val end = last
        waiter.previous = end
        waiter.standing = true
        if (end == null) first = waiter else end.next = waiter
        last = waiter
        size++
    }

    /** Suspends until [waiter] is woken; however that ends, it is out of the line then. */
    suspend inline fun stand(waiter: Waiter) {
        try {
            awaitFuture(waiter)
        } finally {
            leave(waiter)
        }
    }

    /** Takes [waiter] out of the line, if it is still there. */
    fun leave(waiter: Waiter) {
        if (!waiter.standing) return
        val before = waiter.previous
        val after = waiter.next
        if (before == null) first = after else before.next = after
        if (after == null) last = before else after.previous = before
        if (passed === waiter) passed = before
        waiter.previous = null
        waiter.next = null
        waiter.standing = false
        size--
        if (waiter.cancelled()) cancelled--
    }

    /** Wakes whose turn it is; false if there is nobody. */
    fun wakeNext(): Boolean {
        if (isEmpty) return false
        val waiter = order.next(this) ?: return false
        if (leavesWhenWoken) leave(waiter)
        waiter.setResult(Unit)
        return true
    }

    fun wakeAll() {
        while (true) {
            if (!wakeNext()) return
        }
    }

    fun firstPending(): Waiter? {
        val before = passed
        var waiter = if (before == null) first else before.next
        while (waiter != null && waiter.done()) {
            passed = waiter
            waiter = waiter.next
        }
        return waiter
    }

    /** A waiter in this line was cancelled. */
    fun noteCancelled() {
        cancelled++
    }

    /** For `toString`: as in asyncio, nothing where nobody waits. */
    override fun toString(): String = if (isEmpty) "" else ", waiters=$size"
}

/** Who in a line is woken next. */
internal fun interface WakeOrder {
    /** A pending waiter, or null for nobody. */
    fun next(line: Waiters): Waiter?

    companion object {
        /** First come, first served. */
        val FIRST_PENDING = WakeOrder { it.firstPending() }

        /**
         * Whoever is at the head; nobody if that one is woken or cancelled and has not run yet, since it will see to it
         * itself. CPython's lock does so, and one iteration more or less can be seen.
         */
        val HEAD_ONLY = WakeOrder { line -> line.first?.takeUnless { it.done() } }
    }
}
