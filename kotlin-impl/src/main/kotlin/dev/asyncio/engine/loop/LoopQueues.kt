package dev.asyncio.engine.loop

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater

/**
 * What a loop has to run: handles that are ready, timers, channels that are waited for, what other threads have sent and
 * what they are still to send.
 *
 * What other threads sent comes in before whatever is queued by [addReady], so that calls run in the order in which they
 * were made.
 */
internal abstract class LoopQueues(
    @JvmField protected val backend: LoopBackend,
    @JvmField val ready: ReadyQueue,
    intake: Intake,
) : LoopPadding(intake) {
    // Holder of the baton only, or the owner's thread while the loop does not run.
    @JvmField val timers = TimerHeap()

    /** Waits for channels; null until the first one is registered. */
    @JvmField var poller: Poller? = null

    @JvmField protected val prefetcher = Prefetcher(ready, timers)

    /** How many wait for signals that another thread may send, at any time or never. */
    @JvmField var signalsExpected: Int = 0

    // Any thread.
    @Volatile private var outstandingJobs = 0

    /** Jobs elsewhere whose results will come through the intake. */
    val outstanding: Int get() = outstandingJobs

    /** Whether there is work elsewhere that may come back without being a job of this loop's. */
    open val waitsForOthers: Boolean get() = false

    val hasIntake: Boolean get() = !intake.isEmpty

    fun jobStarted() {
        OUTSTANDING.incrementAndGet(this)
    }

    fun jobEnded() {
        OUTSTANDING.decrementAndGet(this)
    }

    fun addThreadsafe(node: Intake.Node) {
        intake.offer(node)
        if (closed) tellClosed(intake.takeAll()) // closed meanwhile: nobody else will look at it
    }

    fun nanoTime(): Long = backend.time()

    /** Queues what other threads have sent until now, so that it comes before whatever is queued next. */
    fun takeIn() = intake.drainTo(ready)

    /** Queues [item] behind that. */
    fun addReady(item: ReadyItem) {
        takeIn()
        ready.add(item)
    }

    open fun schedule(timer: TimerEntry) = timers.add(timer)

    /** Queues what has come in, what channels are ready for, and which timers are due, in this order. */
    protected fun collect() {
        takeIn()
        poller?.dispatchTo(ready)
        var timer = timers.peek() ?: return
        val now = backend.time()
        var due = 0
        while (timer.deadline <= now) {
            timers.removeFirst()
            ready.add(timer.item)
            prefetcher.timerIsDue(++due)
            timer = timers.peek() ?: return
        }
    }

    /** Empties all of it, and tells everything that it will not be run. */
    protected fun discardAll() {
        tellClosed(ready.takeAll())
        tellClosed(timers.takeAll())
        tellClosed(intake.takeAll())
    }

    private fun tellClosed(left: List<Any>) = left.forEach { (it as? Undelivered)?.loopClosed() }

    private companion object {
        val OUTSTANDING: AtomicIntegerFieldUpdater<LoopQueues> =
            AtomicIntegerFieldUpdater.newUpdater(LoopQueues::class.java, "outstandingJobs")
    }
}
