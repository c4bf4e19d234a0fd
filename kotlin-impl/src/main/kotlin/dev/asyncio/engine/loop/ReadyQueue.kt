package dev.asyncio.engine.loop

/**
 * The handles that are ready, first in, first out: a ring in an array that doubles when it is full. Loop thread only.
 */
internal open class ReadyQueue {
    private var ring = arrayOfNulls<Runnable>(INITIAL_CAPACITY)
    private var head = 0

    @JvmField protected var count: Int = 0

    val size: Int get() = count

    fun add(handle: Runnable) {
        if (count == ring.size) grow()
        ring[(head + count) and (ring.size - 1)] = handle
        count++
    }

    /** The next handle; the caller knows that there is one. */
    open fun poll(): Runnable {
        val at = head
        val handle = ring[at]!!
        ring[at] = null
        head = (at + 1) and (ring.size - 1)
        count--
        return handle
    }

    /** The youngest handle; only an engine that is broken on purpose asks for it. */
    protected fun pollLast(): Runnable {
        val at = (head + count - 1) and (ring.size - 1)
        val handle = ring[at]!!
        ring[at] = null
        count--
        return handle
    }

    fun clear() {
        ring = arrayOfNulls(INITIAL_CAPACITY)
        head = 0
        count = 0
    }

    private fun grow() {
        val larger = arrayOfNulls<Runnable>(ring.size * 2)
        ring.copyInto(larger, 0, head, ring.size)
        ring.copyInto(larger, ring.size - head, 0, head)
        ring = larger
        head = 0
    }

    private companion object {
        const val INITIAL_CAPACITY = 64 // a power of two: indices wrap by a mask
    }
}
