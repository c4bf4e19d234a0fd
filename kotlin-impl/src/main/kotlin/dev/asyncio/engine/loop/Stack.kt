package dev.asyncio.engine.loop

import dev.asyncio.engine.context.CarriedLocals
import dev.asyncio.engine.context.ThreadState
import java.util.concurrent.locks.LockSupport

/**
 * A call stack that can hold the loop's baton. Exactly one stack holds it and runs handles; it gives it away only by
 * [StackCarrier.transfer], which is also what makes all of the loop's unsynchronized state visible to the next holder.
 */
internal abstract class Stack(
    @JvmField val loop: LoopCore,
) {
    /**
     * Whether this stack has the baton or is being given it, for a [ThreadCarrier]. Written by the giver, read by this stack.
     */
    @Volatile
    @JvmField
    var turn: Boolean = false

    /** Whether the next turn is worth waiting for awake: see [ThreadCarrier]. Written by whoever has the baton. */
    @Volatile
    @JvmField
    var turnIsNear: Boolean = false

    /** Whether the baton came, the last time, from whom this stack had given it to. Holder of the baton only. */
    @JvmField var gotStraightBack: Boolean = false

    /**
     * Whether somebody interrupted the thread while it waited for its turn; what to do about it is its own business.
     */
    @JvmField var interrupted: Boolean = false

    /** Makes the thread see that it has its turn. */
    abstract fun wake()

    /** Parks the calling thread, which is this stack's, until it [hasTurn]. */
    inline fun parkUntil(hasTurn: () -> Boolean) {
        var parked = false
        while (!hasTurn()) {
            if (parked && Thread.interrupted()) interrupted = true // or it would not wait
            LockSupport.park() // a blocker to be shown would have to be stored at every switch
            parked = true
        }
        // By somebody whose turn was over before this thread came to wait for its own.
        if (Thread.interrupted()) interrupted = true
    }
}

/** The thread that called `run…`: drives while there are only callbacks and suspend bodies, and waits otherwise. */
internal class CallerStack(loop: LoopCore) : Stack(loop) {
    @JvmField val thread: Thread = Thread.currentThread()

    @JvmField val isVirtual: Boolean = VirtualThreads.isCurrent

    override fun wake() = LockSupport.unpark(thread)

    /** Waits until [other] has ended. */
    fun join(other: Thread) {
        while (true) {
            try {
                return other.join()
            } catch (_: InterruptedException) {
                interrupted = true
            }
        }
    }
}

/**
 * A stack that Java bodies run on. At its base it drives the loop, and bodies that start while it does run right on
 * it; one that suspends makes the stack its own until it ends, and drives the loop from where it waits.
 */
internal class BodyStack(loop: LoopCore, private val number: Int) :
    Stack(loop),
    Runnable,
    Thread.UncaughtExceptionHandler {
    // All of these: holder of the baton only.

    /** What to run next at the base. */
    @JvmField var assigned: ReadyItem? = null

    /** Who waits for this stack's current step to end, and gets the baton then instead of the next handle. */
    @JvmField var returnTo: Stack? = null

    /** The task whose body is on this stack, running or parked. */
    @JvmField var owner: Any? = null

    /** What the body on this stack waits by, and keeps for its next wait. */
    @JvmField var parkPoint: Any? = null

    /** The suspended Kotlin code that waits for the code at the base, for stack traces. */
    @JvmField var baseCaller: Any? = null

    /** Whether code goes on above this stack's frames, so that no body may start on top of them. */
    @JvmField var blocked: Boolean = false

    /** Whether that is an eager step, or one of another stack that is waited for: these frames go on when it is over. */
    @JvmField var hostsEagerStep: Boolean = false

    /** Whether the body on it has to be given up: the loop was closed. */
    @JvmField var abandoned: Boolean = false

    /** Whether that body went on regardless, and its thread with it. */
    @JvmField var lost: Boolean = false

    /** Whether the thread ends when it gets to its base. */
    @JvmField var retiring: Boolean = false

    /** Neighbours in the pool's list. */
    @JvmField var older: BodyStack? = null

    @JvmField var newer: BodyStack? = null

    /** The scoped values that the thread has at its base. */
    private var scopedBindings: Any? = null

    private var refusals = 0

    @JvmField var started: Boolean = false

    /** Set once, before it has the baton for the first time; a thread without the baton may not see it yet. */
    var threadOrNull: Thread? = null
        private set

    val thread: Thread get() = threadOrNull!!

    private var threadStateOrNull: ThreadState? = null

    /** Made on demand: there may be a million stacks, few of which need more of it than the loop. */
    val threadState: ThreadState get() = threadStateOrNull ?: ThreadState(loop).also { threadStateOrNull = it }

    /** Makes [thread] the one that this stack is of, and marks it: see [ofThread]. */
    fun attachTo(thread: Thread) {
        threadOrNull = thread
        thread.uncaughtExceptionHandler = this
    }

    /** What the thread would do if it had no handler of its own. */
    override fun uncaughtException(thread: Thread, error: Throwable) {
        thread.threadGroup?.uncaughtException(thread, error)
    }

    override fun wake() {
        if (started) {
            LockSupport.unpark(thread)
        } else {
            started = true
            thread.start()
        }
    }

    /** What its thread is to run. */
    fun inScope(): Runnable {
        val scope = loop.stacks.scope ?: return this
        return Runnable { scope.execute(this) }
    }

    override fun run() {
        val pool = loop.stacks
        pool.carrier.awaitTurn(this)
        try {
            while (!retiring) {
                interrupted = false
                runAssigned()
                if (retiring) break
                if (returnTo != null) {
                    if (!pool.idleAndTransfer(this, loop.takeReturn(this))) return
                } else if (!loop.drive(this, atBase = true)) {
                    return
                }
            }
        } catch (e: Throwable) {
            return pool.broken(this, e)
        }
        pool.retired(this)
    }

    /** Apart from [run], so that a stack that waits there does not keep what it ran, and a task with it, alive. */
    private fun runAssigned() {
        val work = assigned ?: return
        assigned = null
        val bindings = loop.scopedBindings
        if (bindings !== scopedBindings && bindings != null) ScopedBindings.show(bindings)
        scopedBindings = bindings
        loop.runItem(work)
        if (!retiring && !loop.stepGoesOn) loop.endStep()
        if (CarriedLocals.inUse) loop.showOwnLocals()
    }

    /** An await of a body that has to be given up: throws, until it is clear that the body goes on regardless. */
    fun refuseAwait(): Nothing {
        if (++refusals > MAX_REFUSALS) {
            loop.stacks.lose(this)
            while (true) LockSupport.park(this)
        }
        throw BodyAbandoned()
    }

    override fun toString(): String = "<BodyStack $number${owner?.let { " of $it" } ?: ""}>"

    companion object {
        private const val MAX_REFUSALS = 1000

        /**
         * The stack that [thread] carries; null if it carries none, or has lost the mark. The mark is its handler of uncaught
         * exceptions, which every thread has room for: a thread-local would take 136 bytes of each of a million threads.
         */
        @JvmStatic
        fun ofThread(thread: Thread): BodyStack? =
            (thread.uncaughtExceptionHandler as? BodyStack)?.takeIf { it.threadOrNull === thread }
    }
}

/** Unwinds a body that was still suspended when its loop was closed, as CPython's GeneratorExit does. */
internal class BodyAbandoned : Error("Event loop is closed: this body will not be resumed")
