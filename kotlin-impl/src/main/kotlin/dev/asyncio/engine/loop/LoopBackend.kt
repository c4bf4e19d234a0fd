package dev.asyncio.engine.loop

/** A loop's clock and its way to wait: all that sets a loop on virtual time apart from one on real time. */
internal interface LoopBackend {
    /** Nanoseconds on a clock that never goes back. Any thread. */
    fun time(): Long

    /**
     * Nothing is ready: waits until [deadline] (loop time; [NO_DEADLINE] if there is no timer) or until [Intake] has
     * something. May return early. Holder of the baton only.
     */
    fun idle(loop: LoopCore, deadline: Long)

    companion object {
        const val NO_DEADLINE = Long.MAX_VALUE
    }
}

/** Real time: parks the thread, or waits for the channels that are watched. */
internal class ParkBackend : LoopBackend {
    override fun time(): Long = System.nanoTime()

    override fun idle(loop: LoopCore, deadline: Long) {
        if (deadline == LoopBackend.NO_DEADLINE) return loop.awaitIntake(deadline)
        val now = time()
        if (deadline > now) loop.awaitIntake(saturatedAdd(deadline, -now)) else loop.poller?.selectNow()
    }
}

/**
 * Virtual time: starts at zero and jumps to the next timer when nothing is ready, unless a job of an executor, a
 * stage that others complete or a coroutine on another dispatcher is outstanding, whose result arrives in real time.
 */
internal class VirtualBackend : LoopBackend {
    // Any thread reads, the holder of the baton writes.
    @Volatile private var now = 0L

    /** Whether a signal that somebody expects of another thread is something to wait for. */
    var waitsForSignals = true

    /** What to do when there is nothing left to wait for. */
    var onStarved: (LoopCore) -> Unit = WAIT_FOR_INTAKE

    override fun time(): Long = now

    fun advance(nanos: Long) {
        require(nanos >= 0) { "virtual time cannot go back: $nanos ns" }
        now = saturatedAdd(now, nanos)
    }

    override fun idle(loop: LoopCore, deadline: Long) {
        when {
            loop.outstanding > 0 -> loop.awaitIntake(LoopBackend.NO_DEADLINE)
            // It may also end without a word to the loop: look again from time to time.
            loop.waitsForOthers -> loop.awaitIntake(LOOK_AGAIN_NANOS)
            loop.hasIntake -> Unit // it was that, a moment ago
            deadline != LoopBackend.NO_DEADLINE -> now = maxOf(now, deadline)
            // No reason for time to stand still, since a timer may be what makes them come; but one to wait.
            loop.signalsExpected > 0 && waitsForSignals -> loop.awaitIntake(LoopBackend.NO_DEADLINE)
            else -> onStarved(loop)
        }
    }

    companion object {
        private const val LOOK_AGAIN_NANOS = 5_000_000L

        val WAIT_FOR_INTAKE: (LoopCore) -> Unit = { it.awaitIntake(LoopBackend.NO_DEADLINE) }
    }
}
