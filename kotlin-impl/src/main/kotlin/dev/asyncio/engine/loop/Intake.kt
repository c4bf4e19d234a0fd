package dev.asyncio.engine.loop

import java.util.concurrent.atomic.AtomicReference
import java.util.concurrent.locks.LockSupport

/**
 * How other threads hand handles to a loop, and how they wake it: any number of producers, one consumer, no lock.
 *
 * A Treiber stack of intrusive nodes that the consumer takes as a whole and reverses, so that each producer's handles
 * keep their order. Queue first, then wake: the producer that found the stack empty wakes the consumer, later ones
 * need not, because the consumer looks at the stack again after it has announced that it is going to wait.
 */
internal open class Intake {
    /** A node: a handle that can be queued once. */
    internal abstract class Node : ReadyItem() {
        @JvmField internal var next: Node? = null
    }

    private val head = AtomicReference<Node?>()

    /** Who waits, to be woken: a thread that is parked, or a [Poller]. */
    @Volatile private var waiter: Any? = null

    /** A [wake] that came while nobody waited: the next wait is none. */
    @Volatile private var wakePending = false

    val isEmpty: Boolean get() = head.get() == null

    /** Any thread. */
    fun offer(node: Node) {
        while (true) {
            val first = head.get()
            node.next = first
            if (head.compareAndSet(first, node)) {
                announce(toEmpty = first == null)
                return
            }
        }
    }

    /** Any thread: a handle was queued. */
    protected open fun announce(toEmpty: Boolean) {
        if (toEmpty) wakeConsumer()
    }

    /** Any thread: ends a wait that goes on, or else the next one as soon as it begins. */
    fun wake() {
        wakePending = true
        wakeConsumer()
    }

    /** Any thread: there is something to look at. */
    protected open fun wakeConsumer() {
        when (val waiting = waiter) {
            null -> Unit
            is Thread -> unpark(waiting)
            else -> (waiting as Poller).wakeup()
        }
    }

    /** Consumer: moves what has arrived, which was announced then, to [ready], oldest first. */
    fun drainTo(ready: ReadyQueue) {
        if (!isEmpty) moveTo(ready)
    }

    /** Apart from the look whether there is anything, which is small enough then to be inlined wherever a task is woken. */
    private fun moveTo(ready: ReadyQueue) {
        var node = head.getAndSet(null)
        var reversed: Node? = null
        while (node != null) {
            val next = node.next
            node.next = reversed
            reversed = node
            node = next
        }
        while (reversed != null) {
            val next = reversed.next
            reversed.next = null
            ready.put(reversed)
            reversed = next
        }
    }

    /**
     * Consumer: waits until something arrives, [wake] is called or [nanos] have passed, or until a channel of [poller]
     * is ready where there is one; may return early. Returns whether the thread was interrupted meanwhile; its flag is
     * then clear.
     */
    fun await(nanos: Long, poller: Poller? = null): Boolean {
        waiter = poller ?: Thread.currentThread()
        if (head.get() == null && !wakePending) {
            if (poller == null) park(nanos) else poller.select(nanos)
        }
        waiter = null
        wakePending = false // whoever woke us has said before what for, and we are about to look
        return Thread.interrupted()
    }

    // Open, so that a test can look at a consumer that is asleep.

    protected open fun park(nanos: Long) {
        if (nanos == Long.MAX_VALUE) LockSupport.park(this) else LockSupport.parkNanos(this, nanos)
    }

    protected open fun unpark(thread: Thread) = LockSupport.unpark(thread)

    /** Any thread: takes out what has arrived, in no particular order. */
    fun takeAll(): List<Node> {
        val taken = ArrayList<Node>()
        var node = head.getAndSet(null)
        while (node != null) {
            taken.add(node)
            node = node.next
        }
        return taken
    }
}
