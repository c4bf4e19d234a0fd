package dev.asyncio.engine.loop

/**
 * The timers of a loop, earliest first and in order of creation where deadlines are equal. Loop thread only.
 *
 * A heap of four children a node (Johnson's d-ary heap), with what is compared beside the timers and not in them: a node's
 * children take one cache line. A cancelled timer stays until it reaches the top, as in CPython, so that cancelling costs
 * nothing; when more than half of a large heap is cancelled, it is rebuilt without them. One at the end goes at once: of
 * timeouts that are all as long, that is the youngest, which never fires as a rule.
 */
internal class TimerHeap {
    private var timers = arrayOfNulls<TimerEntry>(INITIAL_CAPACITY)

    /** Of each timer its deadline and its number, in the order of creation. */
    private var keys = LongArray(INITIAL_CAPACITY * 2)
    private var created = 0L
    private var cancelled = 0

    var size: Int = 0
        private set

    fun add(timer: TimerEntry) {
        timer.scheduled = true
        if (size == timers.size) {
            timers = timers.copyOf(size * 2)
            keys = keys.copyOf(size * 4)
        }
        siftUp(size++, timer, timer.deadline, created++)
    }

    /** The earliest timer that is not cancelled; drops the cancelled ones before it. */
    fun peek(): TimerEntry? {
        while (size > 0) {
            val first = timers[0]!!
            if (!first.isCancelledTimer) return first
            removeFirst()
            cancelled--
        }
        return null
    }

    /** Removes what [peek] showed. */
    fun removeFirst() {
        timers[0]!!.scheduled = false
        val end = --size
        val last = timers[end]!!
        timers[end] = null
        if (end > 0) siftDown(0, last, keys[2 * end], keys[2 * end + 1])
    }

    /** Tells that a timer in this heap was cancelled. */
    fun noteCancelled() {
        cancelled++
        while (size > 0) {
            val last = timers[size - 1]!!
            if (!last.isCancelledTimer) break
            last.scheduled = false
            timers[--size] = null
            cancelled--
        }
        if (size > MIN_SIZE_TO_COMPACT && cancelled > size / 2) compact()
    }

    /** Empties the heap; returns what was in it, in no particular order. */
    fun takeAll(): List<TimerEntry> {
        val taken = List(size) { timers[it]!! }
        for (timer in taken) timer.scheduled = false
        timers = arrayOfNulls(INITIAL_CAPACITY)
        keys = LongArray(INITIAL_CAPACITY * 2)
        size = 0
        cancelled = 0
        return taken
    }

    private fun compact() {
        var kept = 0
        for (i in 0 until size) {
            val timer = timers[i]!!
            if (timer.isCancelledTimer) timer.scheduled = false else put(kept++, timer, keys[2 * i], keys[2 * i + 1])
        }
        timers.fill(null, kept, size)
        size = kept
        cancelled = 0
        if (size < 2) return
        for (i in (size - 2) / CHILDREN downTo 0) siftDown(i, timers[i]!!, keys[2 * i], keys[2 * i + 1])
    }

    private fun put(at: Int, timer: TimerEntry, deadline: Long, number: Long) {
        timers[at] = timer
        keys[2 * at] = deadline
        keys[2 * at + 1] = number
    }

    private fun siftUp(from: Int, timer: TimerEntry, deadline: Long, number: Long) {
        var at = from
        while (at > 0) {
            val parent = (at - 1) / CHILDREN
            if (!isBefore(deadline, number, parent)) break
            put(at, timers[parent]!!, keys[2 * parent], keys[2 * parent + 1])
            at = parent
        }
        put(at, timer, deadline, number)
    }

    private fun siftDown(from: Int, timer: TimerEntry, deadline: Long, number: Long) {
        var at = from
        while (true) {
            val first = at * CHILDREN + 1
            if (first >= size) break
            var least = first
            for (child in first + 1 until minOf(first + CHILDREN, size)) {
                if (isBefore(keys[2 * child], keys[2 * child + 1], least)) least = child
            }
            if (isBefore(deadline, number, least)) break
            put(at, timers[least]!!, keys[2 * least], keys[2 * least + 1])
            at = least
        }
        put(at, timer, deadline, number)
    }

    private fun isBefore(deadline: Long, number: Long, other: Int): Boolean {
        val otherDeadline = keys[2 * other]
        return deadline < otherDeadline || (deadline == otherDeadline && number < keys[2 * other + 1])
    }

    private companion object {
        const val CHILDREN = 4
        const val INITIAL_CAPACITY = 16
        const val MIN_SIZE_TO_COMPACT = 100 // CPython's _MIN_SCHEDULED_TIMER_HANDLES
    }
}

/** A [ReadyItem] that waits in a [TimerHeap] until its time has come. */
internal interface TimerEntry {
    /** Loop time in nanoseconds. */
    val deadline: Long

    /** Whether it stands in a heap. */
    var scheduled: Boolean
    val isCancelledTimer: Boolean

    val item: ReadyItem get() = this as ReadyItem
}
