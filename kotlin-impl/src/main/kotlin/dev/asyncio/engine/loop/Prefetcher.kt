package dev.asyncio.engine.loop

/**
 * Reads ahead of the loop where many timers are due at once. They, and the tasks that they wake, lie in memory in the order
 * in which they were made and run in that of their deadlines, so that each would be a wait for memory, one after the other.
 * Reads that do not depend on each other are waited for together. Loop thread only.
 */
internal class Prefetcher(private val ready: ReadyQueue, private val timers: TimerHeap) {
    /** How many handles of this iteration are left when it is time to [readAhead]. */
    @JvmField var at: Int = NEVER

    /** For how many iterations what is ready is in an order of deadlines. */
    private var scattered = 0
    private var sum = 0

    fun beginIteration(handles: Int) {
        if (scattered == 0) {
            at = NEVER
        } else {
            scattered--
            at = handles
        }
    }

    /** Called for each timer that is due, with how many it were in this iteration so far. */
    fun timerIsDue(count: Int) {
        if (count < MANY) return
        scattered = ITERATIONS_OF_A_TIMER
        sum += timers.prefetch()
    }

    /** Reads of what is some handles away what these will need, and of what is further away the handles themselves. */
    fun readAhead() {
        // Each object's class: that is in the first of its cache lines.
        for (behind in 2 * BATCH until 3 * BATCH) if (ready.peek(behind) is Intake.Node) sum++
        for (behind in BATCH until 2 * BATCH) sum += ready.peek(behind)?.prefetch() ?: 0
        at -= BATCH
    }

    private companion object {
        const val NEVER = -1

        /** About as many reads as a processor has under way at once. */
        const val BATCH = 8

        /** With less than so many timers at once, what they need stays in the cache. */
        const val MANY = 32

        /** The timers', then that of the tasks that wait for them, then that of what waits for those. */
        const val ITERATIONS_OF_A_TIMER = 3
    }
}
