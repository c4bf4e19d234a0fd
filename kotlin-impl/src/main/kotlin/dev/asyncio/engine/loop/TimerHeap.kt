package dev.asyncio.engine.loop

/**
 * The timers of a loop, earliest first and in order of creation where deadlines are equal. Loop thread only.
 *
 * A heap of four children a node (Johnson's d-ary heap). What is compared stands beside the timers and not in them, the
 * deadlines of a node's children in half a cache line, and the least of them is found without a branch that a processor
 * would have to guess. What is removed at the top leaves a hole that goes down to the bottom before it is filled
 * (Wegener's bottom-up heapsort): the last timer, which fills it, belongs near the bottom anyway. What moves is deadlines
 * and slots only: a timer stays where it was put in [timers], since a reference stored in an old array costs a fence under
 * G1.
 *
 * A cancelled timer stays until it reaches the top, as in CPython, so that cancelling costs nothing; when more than half
 * of a large heap is cancelled, it is rebuilt without them. One at the end goes at once: of timeouts that are all as long,
 * that is the youngest, which never fires as a rule.
 */
internal class TimerHeap {
    // The heap, from ROOT to size: deadlines, and which of the timers they are; behind it, which of those are free.
    private var deadlines = LongArray(INITIAL_CAPACITY)
    private var slots = IntArray(INITIAL_CAPACITY) { it }

    // By slot.
    private var timers = arrayOfNulls<TimerEntry>(INITIAL_CAPACITY)

    /** The order of creation, which decides between equal deadlines. */
    private var numbers = LongArray(INITIAL_CAPACITY)

    private var created = 0L
    private var cancelled = 0

    var size: Int = 0
        private set

    fun add(timer: TimerEntry) {
        timer.scheduled = true
        if (++size == timers.size) grow()
        val slot = slots[size]
        timers[slot] = timer
        numbers[slot] = created++
        fill(size, slot, timer.deadline)
    }

    private fun grow() {
        val old = timers.size
        val capacity = old * 2
        deadlines = deadlines.copyOf(capacity)
        numbers = numbers.copyOf(capacity)
        slots = slots.copyOf(capacity)
        for (slot in old until capacity) slots[slot] = slot
        timers = timers.copyOf(capacity)
    }

    private fun timerAt(place: Int): TimerEntry = timers[slots[place]]!!

    /** The earliest timer that is not cancelled; drops the cancelled ones before it. */
    fun peek(): TimerEntry? {
        while (size > 0) {
            val first = timerAt(ROOT)
            if (!first.isCancelledTimer) return first
            removeFirst()
            cancelled--
        }
        return null
    }

    /** Removes what [peek] showed. */
    fun removeFirst() {
        val slot = slots[ROOT]
        timers[slot]!!.scheduled = false
        timers[slot] = null
        val end = size--
        if (size > 0) fill(sink(ROOT), slots[end], deadlines[end])
        slots[end] = slot
    }

    /** As [ReadyItem.prefetch], of those that may be the next ones: the children of the root. */
    fun prefetch(): Int {
        val first = ROOT + 1
        if (size < first + CHILDREN) return 0
        var sum = 0
        for (place in first until first + CHILDREN) if (timers[slots[place]] is ReadyItem) sum++
        return sum
    }

    /** Tells that a timer in this heap was cancelled. */
    fun noteCancelled() {
        cancelled++
        while (size > 0) {
            val last = timerAt(size)
            if (!last.isCancelledTimer) break
            last.scheduled = false
            timers[slots[size--]] = null
            cancelled--
        }
        if (size > MIN_SIZE_TO_COMPACT && cancelled > size / 2) compact()
    }

    /** Empties the heap; returns what was in it, in no particular order. */
    fun takeAll(): List<TimerEntry> {
        val taken = List(size) { timerAt(ROOT + it) }
        for (timer in taken) timer.scheduled = false
        deadlines = LongArray(INITIAL_CAPACITY)
        numbers = LongArray(INITIAL_CAPACITY)
        slots = IntArray(INITIAL_CAPACITY) { it }
        timers = arrayOfNulls(INITIAL_CAPACITY)
        size = 0
        cancelled = 0
        return taken
    }

    private fun compact() {
        val before = size
        val freed = IntArray(before)
        var freedCount = 0
        size = 0
        for (at in ROOT..before) {
            val slot = slots[at]
            val timer = timers[slot]!!
            if (timer.isCancelledTimer) {
                timer.scheduled = false
                timers[slot] = null
                freed[freedCount++] = slot
            } else {
                fill(++size, slot, deadlines[at])
            }
        }
        freed.copyInto(slots, size + 1, 0, freedCount)
        cancelled = 0
    }

    /** Puts a timer at the free place [hole], or above it. */
    private fun fill(hole: Int, slot: Int, deadline: Long) {
        var at = hole
        while (at > ROOT) {
            val parent = (at + 2) / CHILDREN
            if (!isBefore(deadline, slot, parent)) break
            move(parent, at)
            at = parent
        }
        slots[at] = slot
        deadlines[at] = deadline
    }

    /** Moves the free place [hole] to the bottom, and what is least among its children up; returns where it is then. */
    private fun sink(hole: Int): Int {
        var at = hole
        while (true) {
            val first = at * CHILDREN - 2
            if (first > size) return at
            val least = if (first + CHILDREN - 1 <= size) leastOfFour(first) else leastOf(first, size)
            move(least, at)
            at = least
        }
    }

    private fun leastOfFour(first: Int): Int {
        val a = deadlines[first]
        val b = deadlines[first + 1]
        val c = deadlines[first + 2]
        val d = deadlines[first + 3]
        // Of two outcomes that are equally likely a conditional move is chosen, as long as nothing else is in the branch.
        val ofAB = if (b < a) 1 else 0
        val minAB = minOf(a, b)
        val ofCD = if (d < c) 3 else 2
        val minCD = minOf(c, d)
        if (a == b || c == d || minAB == minCD) return leastOf(first, first + CHILDREN - 1)
        return first + if (minCD < minAB) ofCD else ofAB
    }

    private fun leastOf(first: Int, last: Int): Int {
        var least = first
        for (child in first + 1..last) {
            if (isBefore(deadlines[child], slots[child], least)) least = child
        }
        return least
    }

    private fun move(from: Int, to: Int) {
        slots[to] = slots[from]
        deadlines[to] = deadlines[from]
    }

    private fun isBefore(deadline: Long, slot: Int, other: Int): Boolean {
        val otherDeadline = deadlines[other]
        return deadline < otherDeadline || (deadline == otherDeadline && numbers[slot] < numbers[slots[other]])
    }

    private companion object {
        const val CHILDREN = 4

        /** So that the four children of a node, from 4n - 2 on, start at 32 bytes from the start of their array or a multiple. */
        const val ROOT = 1
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
