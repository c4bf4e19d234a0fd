package dev.asyncio.engine.loop

import dev.asyncio.KeyboardInterrupt
import dev.asyncio.engine.context.CarriedLocals
import dev.asyncio.engine.context.ContextCell
import dev.asyncio.engine.context.ThreadState

/**
 * The scheduler: who runs what there is in [LoopQueues], and when. It knows nothing of tasks.
 *
 * One iteration is asyncio's: poll (what other threads sent, then channels, then due timers, each behind what is ready),
 * then run as many handles as are ready at that moment.
 *
 * There is no loop thread. Whoever holds the baton drives: the [CallerStack] until the first Java body needs a stack,
 * then the stacks of the bodies themselves. A handle that ends by waking a parked stack does not wake it from inside
 * its own call; it leaves the stack in [switchTo], and the driver hands over once the handle has returned.
 */
internal abstract class LoopCore(
    backend: LoopBackend,
    ready: ReadyQueue,
    carrier: StackCarrier,
    intake: Intake = Intake(),
) : LoopQueues(backend, ready, intake) {
    // Holder of the baton only, or the owner's thread while the loop does not run.
    @JvmField val stacks = StackPool(this, carrier)

    /** The variables of the code that runs now, where they are not simply those of its task; null between handles. */
    @JvmField var entered: ContextCell? = null

    private var baseCell: ContextCell = ThreadState.current().baseCell

    /** The variables of the code that runs now. */
    val cell: ContextCell get() = entered ?: currentCell ?: baseCell

    /** The task whose step runs now, which is its own cell: a step writes one reference for both. */
    protected abstract val currentCell: ContextCell?

    @JvmField var driver: Stack? = null

    /** The parked stack that the current step goes on with once the current handle has returned. */
    @JvmField var switchTo: BodyStack? = null

    /** Whether all but the steps of Java bodies has to stay on one thread: see [pump]. */
    @JvmField var hasHome = false

    /** What of the current step is to be run on that thread, once the stack of the body has given the baton back. */
    @JvmField var homeWork: ReadyItem? = null

    /** Whether the current step is not over, though the code that ran has returned or waits. */
    val stepGoesOn: Boolean get() = switchTo != null || homeWork != null

    /** The scoped values of the thread that runs this loop, where they can be had. */
    @JvmField var scopedBindings: Any? = null

    private var caller: CallerStack? = null
    private var todo = 0
    private var iterated = false
    private var stopping = false
    private var fatal: Throwable? = null

    // Any thread.
    @Volatile private var running = false

    @Volatile private var interruptRequested = false

    /** Waits in [LoopBackend.idle]; may return early. */
    fun awaitIntake(nanos: Long) {
        val stack = driver
        if (stack is BodyStack) Thread.interrupted() // of a handle that ran here, not of the body that waits here
        val interrupted = intake.await(nanos, poller?.takeIf { it.isWatching })
        if (interrupted) stack?.interrupted = true
    }

    // ---- running

    /** Any thread. */
    open fun isRunning(): Boolean = running

    /** Any thread. */
    open fun isClosed(): Boolean = closed

    /** Holder of the baton; for another thread there is `callSoonThreadsafe(loop::stop)`. */
    open fun stop() {
        stopping = true
    }

    /** Any thread: a guess at the thread that runs handles now. */
    fun drivingThread(): Thread? = when (val stack = driver) {
        is CallerStack -> stack.thread
        is BodyStack -> stack.threadOrNull
        else -> null
    }

    /** Any thread: makes the loop throw [KeyboardInterrupt] at its next iteration. */
    fun requestInterrupt() {
        interruptRequested = true
        intake.wake()
    }

    protected fun checkOpen() {
        check(!closed) { "Event loop is closed" }
    }

    protected fun checkCanRun() {
        checkOpen()
        check(!running) { "This event loop is already running" }
        check(ThreadState.current().loop == null) { "Cannot run the event loop while another loop is running" }
    }

    /** Drives until [stop], on this thread or on stacks of bodies. Throws what a fatal error left the loop with. */
    protected fun runUntilStopped() {
        checkCanRun()
        todo = 0
        iterated = false
        scopedBindings = ScopedBindings.ofCaller()
        val me = enterThread()
        try {
            drive(me, atBase = false)
            val error = fatal
            fatal = null
            if (error != null) throw error
        } finally {
            stopping = false
            interruptRequested = false
            scopedBindings = null
            leaveThread()
            if (me.interrupted) me.thread.interrupt()
            onStopped()
        }
    }

    /** Makes the calling thread the one that this loop runs on, with the baton in its hand. */
    private fun enterThread(): CallerStack {
        val thread = ThreadState.current()
        val me = CallerStack(this)
        baseCell = thread.baseCell
        entered = null
        driver = me
        caller = me
        running = true
        thread.loop = this
        return me
    }

    private fun leaveThread() {
        running = false
        driver = null
        caller = null
        ThreadState.current().loop = null
    }

    // ---- attached to a thread that somebody else drives

    /** Makes the calling thread the one that is to drive this loop, by [pump] and by nothing else. */
    protected fun attachToThread() {
        hasHome = true
        enterThread()
    }

    /** Called on the thread that it is attached to, between iterations. */
    protected fun detachFromThread() = leaveThread()

    /**
     * One iteration, which does not wait. The stack of a Java body gets the baton for a step and gives it back, so
     * that all the rest stays on this thread. Returns the time at which the next one is due: that of a timer, of the
     * past if something is ready, [LoopBackend.NO_DEADLINE] if nothing is and there is no timer.
     */
    protected fun pump(): Long {
        onIteration()
        collect()
        var left = ready.size
        while (left-- > 0) {
            runItem(ready.poll())
            val stack = switchTo
            if (stack != null) {
                switchTo = null
                callOn(stack)
                if (CarriedLocals.inUse) showOwnLocals()
            }
            rethrowFatal()
        }
        if (ready.size > 0 || hasIntake) return Long.MIN_VALUE
        return timers.peek()?.deadline ?: LoopBackend.NO_DEADLINE
    }

    // ---- the end

    /**
     * Ends everything without running it. The caller's thread must not be one of the loop's stacks. Returns the owners
     * of stacks whose bodies would not end.
     */
    protected fun closeCore(): List<Any> {
        check(!running) { "Cannot close a running event loop" }
        closed = true
        val me = CallerStack(this)
        val thread = ThreadState.current()
        val outer = thread.loop
        driver = me
        try {
            return stacks.close(me)
        } finally {
            driver = null
            switchTo = null
            thread.loop = outer
            if (me.interrupted) me.thread.interrupt()
            discardAll()
        }
    }

    /**
     * Runs handles on the stack [me], which holds the baton, until it has reason to stop: the caller because the loop
     * stopped, a parked body because its result is there, an idle stack ([atBase]) because it got work. Returns with
     * the baton; false: an idle stack that is one too many has given it away for good.
     */
    fun drive(me: Stack, atBase: Boolean): Boolean {
        while (true) {
            var to: Stack? = switchTo
            if (to != null) {
                switchTo = null
                if (to === me) return true
            } else {
                if (runNext()) {
                    if (closed) return true // the handle was cut off by that: next is what lies below it on this stack
                    continue
                }
                if (me is CallerStack) return true
                to = caller!!
            }
            if (CarriedLocals.inUse) showOwnLocals()
            if (atBase) return stacks.idleAndTransfer(me as BodyStack, to)
            if (me is BodyStack) Thread.interrupted() // of a handle that ran here, not of the body that waits here
            handOver(me, to)
            if (me !is CallerStack) return true // a parked body gets the baton only to go on
        }
    }

    /**
     * Apart from [drive], so that a stack that waits there does not keep the last handle, and a task with it, alive.
     */
    private fun runNext(): Boolean {
        val item = nextItem() ?: return false
        runItem(item)
        return true
    }

    /** Gives the baton to [to] and returns when [from] has it again. Inline: it would be a frame on each stack that waits. */
    @Suppress("NOTHING_TO_INLINE")
    inline fun handOver(from: Stack, to: Stack) {
        driver = to
        stacks.carrier.transfer(from, to)
    }

    /** Gives the baton to [to] for good: the giver's thread ends next. */
    fun leaveTo(to: Stack) {
        driver = to
        stacks.carrier.leaveTo(to)
    }

    /** The stack whose turn comes after that of [next], as far as can be told. */
    fun foreseenStack(next: Stack): Stack? {
        for (behind in 0 until FORESEEN_HANDLES) {
            val stack = (ready.peek(behind) ?: return null).foreseenStack
            if (stack != null && stack !== next) return stack
        }
        return null
    }

    /**
     * Gives the baton to [stack] until its step ends, from inside a handle on [driver]; what of the step is not for
     * stacks of bodies is run here.
     */
    fun callOn(stack: BodyStack) {
        val me = driver!!
        // The flag belongs to the code that calls: the wait for the baton takes it, so it is given back here.
        val interrupted = Thread.interrupted()
        val before = me.interrupted
        me.interrupted = false
        var next: BodyStack? = stack
        while (next != null) {
            next.returnTo = me
            handOver(me, next)
            next = doHomeWork()
        }
        if (interrupted || me.interrupted) Thread.currentThread().interrupt()
        me.interrupted = before
    }

    /** Goes on with the step that was called for; returns the stack on which it goes on then. */
    private fun doHomeWork(): BodyStack? {
        val work = homeWork ?: return null
        homeWork = null
        if (CarriedLocals.inUse) ThreadState.current().show(cell)
        runItem(work)
        if (CarriedLocals.inUse) showOwnLocals()
        val next = switchTo
        switchTo = null
        if (next == null) endStep()
        return next
    }

    /**
     * Who gets the baton from [stack], which has been [called][callOn]: the caller, since the step is over, or the
     * stack on which the step goes on, which then owes it to the caller.
     */
    fun takeReturn(stack: BodyStack): Stack {
        val back = stack.returnTo!!
        stack.returnTo = null
        val to = switchTo ?: return back
        switchTo = null
        to.returnTo = back
        return to
    }

    /** Runs a handle; a handle deals with its own errors, what gets out of it is fatal and ends the run. */
    fun runItem(item: ReadyItem) {
        try {
            item.run()
        } catch (e: Throwable) {
            fatal = e
            switchTo = null
            homeWork = null
            endStep()
        }
    }

    /** Ends the run with [error]; [stack] gives the baton away for good. */
    fun breakOff(stack: BodyStack, error: Throwable) {
        fatal = error
        leaveTo(stack.returnTo ?: caller!!)
    }

    /** A fatal error in a step that ran on another stack belongs to who called for that step. */
    fun rethrowFatal() {
        val error = fatal ?: return
        fatal = null
        throw error
    }

    /** Code of some context leaves the calling thread, or has left it. */
    fun showOwnLocals() = ThreadState.current().showOwn()

    /** The step that ran is over, or its body waits: no task is current until the next one. */
    abstract fun endStep()

    /** Once in each iteration, before it waits. */
    protected abstract fun onIteration()

    /** At the end of each run, when other threads can see that it is over. */
    protected abstract fun onStopped()

    /** The next handle, polling between iterations; null when the run is over. */
    private fun nextItem(): ReadyItem? {
        while (true) {
            if (fatal != null) return null
            if (todo > 0) {
                if (todo-- == prefetcher.at) prefetcher.readAhead()
                return ready.poll()
            }
            if (stopping && iterated) return null
            iterated = true
            if (interruptRequested) {
                interruptRequested = false
                fatal = KeyboardInterrupt()
                return null
            }
            try {
                onIteration()
                poll()
            } catch (e: Throwable) {
                fatal = e // of no handle: it would be thrown into whatever waits on this stack
                return null
            }
            todo = ready.size
            prefetcher.beginIteration(todo)
        }
    }

    private fun poll() {
        if (ready.size == 0 && !stopping && intake.isEmpty) {
            backend.idle(this, timers.peek()?.deadline ?: LoopBackend.NO_DEADLINE)
        } else {
            poller?.selectNow()
        }
        collect()
    }

    private companion object {
        /** Handles that run before it are too long for a stack to be woken early. */
        const val FORESEEN_HANDLES = 4
    }
}
