package dev.asyncio.engine.attached

import dev.asyncio.Awaitable
import dev.asyncio.Carrier
import dev.asyncio.ExceptionContext
import dev.asyncio.WrongLoopThreadException
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.context.ThreadState
import dev.asyncio.engine.loop.Intake
import dev.asyncio.engine.loop.LoopBackend
import dev.asyncio.engine.loop.ReadyQueue
import dev.asyncio.engine.loop.TimerEntry
import dev.asyncio.engine.loop.saturatedAdd
import kotlinx.coroutines.DisposableHandle
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicBoolean

/**
 * A loop on a thread that is somebody else's to drive, that of a UI: each iteration is an event among the UI's own,
 * posted when there is something to do. It counts as running from the beginning to its close, so that handlers of UI
 * events can make tasks as callbacks do.
 */
internal class AttachedLoop private constructor(
    private val home: Home,
    carrier: Carrier?,
    private val bell: Bell,
) : LoopImpl(carrier = carrier, ready = AnnouncedReady(bell), intake = AnnouncedIntake(bell)) {
    /*
     *           post, from any thread              home's thread
     * IDLE ---------------------------> POSTED ----------------> ITERATING --something is ready--> POSTED
     *   ^                                                            |
     *   +---------------- nothing is; an alarm posts in time --------+
     *
     * posted is cleared before the iteration looks at the intake: what comes later posts again, at worst in vain.
     */

    // Any thread.
    private val posted = AtomicBoolean()
    private val iteration = Runnable(::iterate)
    private val ring = Runnable {
        rang = true
        post()
    }

    /** Whether [alarm] has rung, and will not again; maybe before [alarmAt], since homes round and have their own clocks. */
    @Volatile private var rang = false

    /** Why the home cannot drive this loop. */
    @Volatile private var broken: WrongLoopThreadException? = null

    // The home's thread, or a body's stack while that waits for it.
    @Volatile private var owner: Thread = Thread.currentThread()
    private var iterating = false
    private var alarm: DisposableHandle? = null
    private var alarmAt = LoopBackend.NO_DEADLINE

    /** Any thread. */
    private fun post() {
        broken?.let { throw it }
        if (isClosed() || !posted.compareAndSet(false, true)) return
        try {
            home.post(iteration)
        } catch (e: Throwable) {
            posted.set(false)
            throw e
        }
    }

    /** Something became ready, or a timer was made, in the loop's own code or in a handler of the UI's. */
    private fun announce() {
        if (!iterating) post()
    }

    private fun iterate() {
        posted.set(false)
        if (isClosed() || broken != null || !isHome()) return
        // Inside of a callback that shows a dialog: as always, the loop stands still until the callback returns.
        if (iterating) return
        iterating = true
        val next =
            try {
                pump()
            } catch (e: Throwable) {
                // What is fatal is for the UI to deal with; if it goes on, so does the loop.
                runCatching(::post).exceptionOrNull()?.let(e::addSuppressed)
                throw e
            } finally {
                iterating = false
            }
        sleepUntil(next)
    }

    private fun sleepUntil(deadline: Long) {
        val now = nanoTime()
        if (deadline <= now) return post()
        // One that rings earlier than needed is as good: most timers are cancelled before their time.
        if (alarm != null && !rang && alarmAt > now && alarmAt <= deadline) return
        alarm?.dispose()
        alarm = null
        if (deadline == LoopBackend.NO_DEADLINE) return
        val nanos = minOf(saturatedAdd(deadline, -now), LONGEST_SLEEP_NANOS)
        alarmAt = now + nanos
        rang = false
        alarm = home.alarm(nanos, ring)
    }

    override fun schedule(timer: TimerEntry) {
        super.schedule(timer)
        announce()
    }

    // ---- threads

    /**
     * Whether this is the loop's thread. A home may replace it, as Swing does after a second without a window: the loop
     * goes along. A home of several threads is none, and all that can be done is to tell everybody.
     */
    private fun isHome(): Boolean {
        if (Thread.currentThread() === owner) return true
        awaitEnd(owner)
        if (follow()) return true
        val error = WrongLoopThreadException(
            "$this was attached on thread '${owner.name}', but $home runs it on '${Thread.currentThread().name}': " +
                "attach it in code that runs on the thread of the UI, to something that has one thread only",
        )
        broken = error
        callExceptionHandler(ExceptionContext.builder("An event loop cannot go on").exception(error).build())
        tellDependents { it.loopClosed() }
        return false
    }

    /** Makes the calling thread the loop's own if the former one has ended. */
    private fun follow(): Boolean {
        val thread = Thread.currentThread()
        if (thread === owner) return true
        if (owner.isAlive || ThreadState.currentLoop != null) return false
        owner = thread
        attachToThread()
        return true
    }

    /** A thread that was replaced is on its way out. */
    private fun awaitEnd(thread: Thread) {
        try {
            thread.join(GRACE_MILLIS)
        } catch (_: InterruptedException) {
            Thread.currentThread().interrupt()
        }
    }

    // ---- what others may not do

    override val whyNoChannels: String
        get() = "a loop on a UI's thread watches no channels, since that thread must not wait for them: " +
            "use a loop on a thread of its own, and runCoroutineThreadsafe"

    override fun runForever(): Unit = throw refusal()

    override fun <T> runUntilComplete(awaitable: Awaitable<T>): T = throw refusal()

    override fun stop(): Unit = throw refusal()

    private fun refusal() = IllegalStateException(
        "This event loop is attached to thread '${owner.name}', which drives it as long as it is open: create tasks " +
            "on it instead of running or stopping it, and close it at the end",
    )

    // ---- the end

    override fun close() {
        if (isClosed()) return
        if (!follow()) {
            throw WrongLoopThreadException(
                "$this can only be closed on its thread '${owner.name}', not on '${Thread.currentThread().name}'",
            )
        }
        check(!iterating) { "Cannot close a running event loop: close it in a handler of the UI, not in its own code" }
        try {
            endTasks()
        } finally {
            alarm?.dispose()
            detachFromThread()
            try {
                super.close()
            } finally {
                home.close()
            }
        }
    }

    /** Cancels what is left and lets it end, as far as it goes without making the UI wait. */
    private fun endTasks() {
        iterating = true
        try {
            for (task in tasks.toSet()) task.cancel(null)
            scopeOrNull?.close()
            var iterations = 0
            do {
                val next = pump()
            } while (next <= nanoTime() && ++iterations < MAX_LAST_ITERATIONS)
        } finally {
            iterating = false
        }
    }

    override fun toString(): String = super.toString().replaceFirst("EventLoop", "AttachedEventLoop")

    /** Known to the queues before there is a loop. */
    private class Bell {
        lateinit var loop: AttachedLoop
    }

    private class AnnouncedReady(private val bell: Bell) : ReadyQueue() {
        override fun announce() = bell.loop.announce()
    }

    private class AnnouncedIntake(private val bell: Bell) : Intake() {
        override fun wakeConsumer() = bell.loop.post()

        /** Whatever was there: it may be what the home has refused an iteration for. */
        override fun announce(toEmpty: Boolean) = wakeConsumer()
    }

    init {
        bell.loop = this
    }

    companion object {
        private const val GRACE_MILLIS = 1000L
        private const val MAX_LAST_ITERATIONS = 1000

        /** Some timers of UIs count milliseconds in an int. */
        private val LONGEST_SLEEP_NANOS = TimeUnit.DAYS.toNanos(1)

        fun to(home: Home, carrier: Carrier?): AttachedLoop {
            check(ThreadState.currentLoop == null) {
                "Cannot attach an event loop to a thread where one is running: " + ThreadState.currentLoop
            }
            return AttachedLoop(home, carrier, Bell()).also { it.attachToThread() }
        }
    }
}
