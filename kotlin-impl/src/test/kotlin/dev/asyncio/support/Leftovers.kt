package dev.asyncio.support

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.context.ThreadState
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException
import java.util.stream.Collectors

/**
 * What a test may not leave behind: loops that are open, with whatever tasks wait in them; threads of the SDK; records of the
 * logger `asyncio` that the test did not [expect][AsyncioLog.expect]; sockets, where the system tells; processes; exceptions that ended a thread; a running or a set
 * loop and an interrupt flag on the test's own thread.
 *
 * One test at a time.
 */
internal object Leftovers {
    private val loops = CopyOnWriteArrayList<LoopImpl>()
    private val uncaught = CopyOnWriteArrayList<String>()

    /** Threads that an earlier test was failed for. */
    private val known = HashSet<Thread>()
    private var socketsBefore = emptySet<String>()
    private var processesBefore = emptySet<ProcessHandle>()
    private var handlerBefore: Thread.UncaughtExceptionHandler? = null

    fun begin() {
        Thread.interrupted()
        forgetSetLoop()
        loops.clear()
        uncaught.clear()
        socketsBefore = Sockets.open()
        processesBefore = children()
        AsyncioLog.begin()
        LoopImpl.onNewLoop = { loops.add(it) }
        handlerBefore = Thread.getDefaultUncaughtExceptionHandler()
        Thread.setDefaultUncaughtExceptionHandler { thread, error -> uncaught.add("$error, which ended $thread") }
    }

    /** What there is, each with a description; empty after a good test. Cleans up after itself either way. */
    fun end(graceSeconds: Long = GRACE_SECONDS): List<String> {
        val found = ArrayList<String>()
        if (Thread.interrupted()) found += "the interrupt flag of the test's thread"
        val state = ThreadState.current()
        state.loop?.let {
            found += "a running loop on the test's thread: $it"
            state.loop = null
        }
        state.setLoop?.let { found += "a loop given to setEventLoop: $it" }
        forgetSetLoop()
        LoopImpl.onNewLoop = null
        for (loop in loops) {
            if (loop.isClosed()) continue
            found += "an open loop: $loop with ${loop.tasks.toSet()}"
            if (!loop.isRunning()) loop.close()
        }
        loops.clear()
        found += threadsLeft(graceSeconds).map { "a thread: $it" }
        found += (Sockets.open() - socketsBefore).map { "an open $it" }
        found += processesLeft(graceSeconds).map { "a process: ${it.pid()} ${it.info()}" }
        Thread.setDefaultUncaughtExceptionHandler(handlerBefore)
        found += uncaught.map { "an exception nobody caught: $it" }
        found += AsyncioLog.end().map { "a log record nobody expected: $it" }
        return found
    }

    /** Threads that are about to end are waited for: an executor that was shut down needs a moment. */
    private fun threadsLeft(graceSeconds: Long): List<String> {
        val deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(graceSeconds)
        val left = Threads.ofTheSdk() - known
        for (thread in left) {
            val millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())
            thread.join(maxOf(1, millis))
        }
        val alive = left.filter { it.isAlive }
        known += alive
        val platform = alive.map { thread ->
            "$thread" + thread.stackTrace.take(FRAMES).joinToString(separator = "") { "\n      at $it" }
        }
        return platform.ifEmpty { Threads.virtualOfTheSdkLeft(deadline) }
    }

    /** Processes that were killed are waited for. */
    private fun processesLeft(graceSeconds: Long): List<ProcessHandle> {
        val left = children() - processesBefore
        for (process in left) {
            try {
                process.onExit().get(graceSeconds, TimeUnit.SECONDS)
            } catch (_: TimeoutException) {
                continue // it is among those that are alive
            }
        }
        return left.filter { it.isAlive }
    }

    private fun children(): Set<ProcessHandle> = ProcessHandle.current().children().collect(Collectors.toSet())

    private fun forgetSetLoop() {
        val state = ThreadState.current()
        state.setLoop = null
        state.setLoopCalled = false
    }

    private const val GRACE_SECONDS = 10L
    private const val FRAMES = 12
}
