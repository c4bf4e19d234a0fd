package dev.asyncio.engine.loop

/** The handles that are ready, first in, first out: a ring in an array that doubles when it is full. Loop thread only. */
internal open class ReadyQueue {
    private var ring = arrayOfNulls<ReadyItem>(INITIAL_CAPACITY)
    private var head = 0
    private var tail = 0 // one place is always free: head == tail is empty, not full

    val size: Int get() = (tail - head) and (ring.size - 1)

    fun add(item: ReadyItem) {
        put(item)
        announce()
    }

    /** There is something to run, which a loop that somebody else drives has to say. May throw, with nothing undone. */
    open fun announce() = Unit

    /** Queues [item] for a caller that [announces][announce] all that it queues at once, or has done so. */
    fun put(item: ReadyItem) {
        val ring = ring
        val at = tail
        ring[at] = item
        val next = (at + 1) and (ring.size - 1)
        tail = next
        if (next == head) grow()
    }

    /** The next handle; the caller knows that there is one. */
    open fun poll(): ReadyItem {
        val ring = ring
        val at = head
        val item = ring[at]!!
        ring[at] = null
        head = (at + 1) and (ring.size - 1)
        return item
    }

    /** What stands [behind] the next handle; null if nothing does. */
    fun peek(behind: Int): ReadyItem? = ring[(head + behind) and (ring.size - 1)]

    /** The youngest handle; only an engine that is broken on purpose asks for it. */
    protected fun pollLast(): ReadyItem {
        val at = (tail - 1) and (ring.size - 1)
        val item = ring[at]!!
        ring[at] = null
        tail = at
        return item
    }

    /** Empties the queue; returns what was in it, oldest first. */
    fun takeAll(): List<ReadyItem> {
        val taken = List(size) { ring[(head + it) and (ring.size - 1)]!! }
        ring = arrayOfNulls(INITIAL_CAPACITY)
        head = 0
        tail = 0
        return taken
    }

    /** Called when the last free place is taken. */
    private fun grow() {
        val size = ring.size
        val larger = arrayOfNulls<ReadyItem>(size * 2)
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
