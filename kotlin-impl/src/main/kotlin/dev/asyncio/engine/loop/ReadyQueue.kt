package dev.asyncio.engine.loop

/** The handles that are ready, first in, first out: a ring in an array that doubles when it is full. Loop thread only. */
internal open class ReadyQueue {
    // Not an array of Runnable: each store would be checked, and for an interface the JVM has to search for it.
    private var ring = arrayOfNulls<Any>(INITIAL_CAPACITY)
    private var head = 0
    private var tail = 0 // one place is always free: head == tail is empty, not full

    val size: Int get() = (tail - head) and (ring.size - 1)

    fun add(handle: Runnable) {
        val ring = ring
        val at = tail
        ring[at] = handle
        val next = (at + 1) and (ring.size - 1)
        tail = next
        if (next == head) grow()
    }

    /** The next handle; the caller knows that there is one. */
    open fun poll(): Runnable {
        val ring = ring
        val at = head
        val handle = ring[at] as Runnable
        ring[at] = null
        head = (at + 1) and (ring.size - 1)
        return handle
    }

    /** The youngest handle; only an engine that is broken on purpose asks for it. */
    protected fun pollLast(): Runnable {
        val at = (tail - 1) and (ring.size - 1)
        val handle = ring[at] as Runnable
        ring[at] = null
        tail = at
        return handle
    }

    /** Empties the queue; returns what was in it, oldest first. */
    fun takeAll(): List<Runnable> {
        val taken = List(size) { ring[(head + it) and (ring.size - 1)] as Runnable }
        ring = arrayOfNulls(INITIAL_CAPACITY)
        head = 0
        tail = 0
        return taken
    }

    /** Called when the last free place is taken. */
    private fun grow() {
        val size = ring.size
        val larger = arrayOfNulls<Any>(size * 2)
        ring.copyInto(larger, 0, head, size)
        ring.copyInto(larger, size - head, 0, head)
        ring = larger
        head = 0
        tail = size
    }

    private companion object {
        const val INITIAL_CAPACITY = 64 // a power of two: indices wrap by a mask
    }
}
