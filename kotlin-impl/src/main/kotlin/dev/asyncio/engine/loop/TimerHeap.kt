package dev.asyncio.engine.loop

/**
 * The timers of a loop, earliest first and in order of creation where deadlines are equal: a binary heap. A cancelled
 * timer stays until it reaches the top, as in CPython, so that cancelling costs nothing; when more than half of a large
 * heap is cancelled, it is rebuilt without them. Loop thread only.
 */
internal class TimerHeap {
    private var heap = arrayOfNulls<TimerEntry>(INITIAL_CAPACITY)
    private var created = 0L
    private var cancelled = 0

    var size: Int = 0
        private set

    fun add(timer: TimerEntry) {
        timer.sequence = created++
        timer.scheduled = true
        if (size == heap.size) heap = heap.copyOf(size * 2)
        siftUp(size++, timer)
    }

    /** The earliest timer that is not cancelled; drops the cancelled ones before it. */
    fun peek(): TimerEntry? {
        while (size > 0) {
            val first = heap[0]!!
            if (!first.isCancelledTimer) return first
            removeFirst()
            cancelled--
        }
        return null
    }

    /** Removes what [peek] showed. */
    fun removeFirst() {
        val first = heap[0]!!
        first.scheduled = false
        val last = heap[--size]!!
        heap[size] = null
        if (size > 0) siftDown(0, last)
    }

    /** Tells that a timer in this heap was cancelled. */
    fun noteCancelled() {
        cancelled++
        if (size > MIN_SIZE_TO_COMPACT && cancelled > size / 2) compact()
    }

    /** Empties the heap; returns what was in it, in no particular order. */
    fun takeAll(): List<TimerEntry> {
        val taken = List(size) { heap[it]!! }
        for (timer in taken) timer.scheduled = false
        heap = arrayOfNulls(INITIAL_CAPACITY)
        size = 0
        cancelled = 0
        return taken
    }

    private fun compact() {
        var kept = 0
        for (i in 0 until size) {
            val timer = heap[i]!!
            if (timer.isCancelledTimer) timer.scheduled = false else heap[kept++] = timer
        }
        heap.fill(null, kept, size)
        size = kept
        cancelled = 0
        for (i in size / 2 - 1 downTo 0) siftDown(i, heap[i]!!)
    }

    private fun siftUp(from: Int, timer: TimerEntry) {
        var at = from
        while (at > 0) {
            val parent = (at - 1) ushr 1
            val other = heap[parent]!!
            if (!timer.isBefore(other)) break
            heap[at] = other
            at = parent
        }
        heap[at] = timer
    }

    private fun siftDown(from: Int, timer: TimerEntry) {
        var at = from
        val half = size ushr 1
        while (at < half) {
            var child = 2 * at + 1
            if (child + 1 < size && heap[child + 1]!!.isBefore(heap[child]!!)) child++
            val other = heap[child]!!
            if (!other.isBefore(timer)) break
            heap[at] = other
            at = child
        }
        heap[at] = timer
    }

    private companion object {
        const val INITIAL_CAPACITY = 16
        const val MIN_SIZE_TO_COMPACT = 100 // CPython's _MIN_SCHEDULED_TIMER_HANDLES
    }
}

/** A [ReadyItem] that waits in a [TimerHeap] until its time has come. */
internal interface TimerEntry {
    /** Loop time in nanoseconds. */
    val deadline: Long
    var sequence: Long

    /** Whether it stands in a heap. */
    var scheduled: Boolean
    val isCancelledTimer: Boolean

    val item: ReadyItem get() = this as ReadyItem

    fun isBefore(other: TimerEntry): Boolean =
        deadline < other.deadline || (deadline == other.deadline && sequence < other.sequence)
}
