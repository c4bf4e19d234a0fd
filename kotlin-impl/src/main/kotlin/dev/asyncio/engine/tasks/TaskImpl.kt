package dev.asyncio.engine.tasks

import dev.asyncio.CancelledError
import dev.asyncio.Context
import dev.asyncio.Coroutine
import dev.asyncio.ExceptionContext
import dev.asyncio.Task
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.EngineCoroutine
import dev.asyncio.engine.await.JavaSegment
import dev.asyncio.engine.await.ParkPoint
import dev.asyncio.engine.await.TaskScope
import dev.asyncio.engine.context.ContextCell
import dev.asyncio.engine.context.ContextImpl
import dev.asyncio.engine.context.RunsInContext
import dev.asyncio.engine.context.VarMap
import dev.asyncio.engine.loop.BodyAbandoned
import dev.asyncio.engine.loop.BodyStack
import java.util.concurrent.atomic.AtomicInteger
import kotlin.coroutines.Continuation

/** A coroutine that the loop drives one step at a time. Loop thread only, unless a member says otherwise. */
internal class TaskImpl<T>(
    loop: LoopImpl,
    private val coroutine: Coroutine<T>,
    name: String?,
    context: ContextImpl?,
) : TaskScope<T>(loop),
    Task<T>,
    RunsInContext {
    /*
     * state     waitingOn      step queued   meaning
     * READY     null or done   yes           runs when it comes up in the ready queue: a task is its own handle
     * RUNNING   null           no            inside a step
     * WAITING   pending        no            that future's completion queues a step
     * FOREIGN   null           no            suspended by kotlinx or by a bare continuation; a dispatch queues a step
     * DONE      null           no            outcome is set; nothing leaves this state
     *
     * READY --step--> RUNNING --awaits pending--> WAITING --it completes--> READY
     *                 RUNNING --suspends elsewhere--> FOREIGN --dispatch--> READY
     *                 RUNNING --returns or throws--> DONE
     *
     * cancel() moves no state itself: WAITING passes it on to waitingOn, FOREIGN to the epoch's Job; READY and RUNNING
     * note mustCancel, which the next step, the next await or the end of this step honours, whichever is first.
     */

    private val number = if (name == null) NUMBERS.incrementAndGet() else 0

    // Any thread may ask for the name; all the rest is for the loop's thread only.
    @Volatile private var extrasOrNull: TaskExtras? = null

    init {
        // Only then: a volatile write costs a fence.
        if (name != null || context != null) extrasOrNull = TaskExtras(name, context)
    }

    private val extras: TaskExtras
        get() = extrasOrNull ?: TaskExtras(null, null).also { extrasOrNull = it }

    /**
     * The innermost suspended frame: a Kotlin continuation, or the [ParkPoint] of a stack; null before the first
     * step.
     */
    private var suspended: Continuation<Any?>? = null
    private var waitingOn: FutureImpl<*>? = null
    private var mustCancel = false

    /** Inside a step, which an eager step of another task may have interrupted. */
    @JvmField var running = false

    /** Whether closing the loop tells that this task was pending; not of one that nobody could have awaited. */
    @JvmField var logDestroyPending = true

    override var vars: VarMap = context?.vars ?: loop.callerCell.vars
    override val effectiveContext: ContextCell get() = extrasOrNull?.context ?: this

    /** Its place in the loop's list of tasks that are not done; negative: none. */
    @JvmField var place = -1

    // ---- the public face

    override fun getName(): String = extrasOrNull?.name ?: "Task-$number"

    override fun setName(name: String) {
        extras.name = name
    }

    override fun getCoroutine(): Coroutine<T>? = coroutine.takeUnless { extrasOrNull?.endedEagerly == true }

    override fun getContext(): Context = extrasOrNull?.context ?: ContextImpl(VarMap.EMPTY, continues = this).also {
        extras.context = it
        if (running) it.enter()
    }

    override fun setResult(result: T): Unit = throw IllegalStateException("Task does not support set_result operation")

    override fun setException(exception: Throwable): Unit =
        throw IllegalStateException("Task does not support set_exception operation")

    override fun cancel(message: String?): Boolean {
        loop.checkThread()
        markRetrieved()
        if (done()) return false
        extras.cancelRequests++
        passCancelOn().cancelStep(message)
        return true
    }

    /**
     * Counts the request in each of the tasks of which one waits for the next, and returns the last. Not by recursion: there
     * may be more of them than a stack is deep.
     */
    private fun passCancelOn(): TaskImpl<*> {
        var last: TaskImpl<*> = this
        var mark = last // one of them, farther away each time: in a circle it comes again
        var length = 0
        while (true) {
            val next = last.waitingOn as? TaskImpl<*> ?: return last
            if (next.done()) return last
            check(next !== mark) { "$this cannot be cancelled: there are tasks that wait for each other in a circle" }
            next.extras.cancelRequests++
            last = next
            if (++length and (length - 1) == 0) mark = next
        }
    }

    /** Cancels what it waits for, or else what it does next. */
    private fun cancelStep(message: String?) {
        if (waitingOn?.cancel(message) == true) return // keeps waitingOn: it may refuse, and be cancelled again
        if (isForeign && cancelEpoch(message)) return
        mustCancel = true
        extras.cancelMessage = message
        extras.cancelDeferred = false
    }

    /** Cancels again what comes next, since a cancellation that was thrown could not leave where it was caught. */
    fun cancelAgain(message: String?) {
        if (cancelling() == 0) return
        uncancel()
        cancel(message)
    }

    /** As [cancelAgain], and the timeout that the cancellation comes from may end before: then it is what throws. */
    fun deferCancellation(message: String?) {
        cancelAgain(message)
        extrasOrNull?.cancelDeferred = mustCancel
    }

    val isCancellationDeferred: Boolean get() = mustCancel && extrasOrNull?.cancelDeferred == true

    fun dropDeferredCancellation() {
        if (isCancellationDeferred) mustCancel = false
    }

    private val cancelMessage: String? get() = extrasOrNull?.cancelMessage

    override fun cancelling(): Int = extrasOrNull?.cancelRequests ?: 0

    override fun uncancel(): Int {
        val extras = extrasOrNull ?: return 0
        if (extras.cancelRequests > 0 && --extras.cancelRequests == 0) mustCancel = false
        return extras.cancelRequests
    }

    override fun getStack(): List<StackTraceElement> = when {
        isFailed -> TaskStacks.ofFailure(peekFailure())
        done() -> emptyList()
        running -> TaskStacks.ofThread(Thread.currentThread())
        else -> TaskStacks.ofFrame(suspended)
    }

    override fun printStack() = TaskStacks.print(this, if (isFailed) peekFailure() else null)

    // ---- steps

    /** Queues the first step, or takes it at once. */
    fun start(eager: Boolean) {
        if (eager && loop.isRunning()) {
            loop.runEagerly(this)
            if (done()) extras.endedEagerly = true
        } else {
            loop.tasks.add(this)
            loop.addReady(this)
        }
    }

    override fun prefetch(): Int = (if (suspended is ParkPoint) 1 else 0) + (if (waitingOn is TaskImpl<*>) 1 else 0)

    override val foreseenStack: BodyStack? get() = (suspended as? ParkPoint)?.stack

    /** Takes a step; called by the loop, with no task current. */
    override fun run() {
        try {
            loop.beginStep(this)
        } catch (e: IllegalStateException) {
            // Its context is entered elsewhere. asyncio leaves such a task pending, too.
            loop.callbackFailed(this, this, e)
            return
        }
        step()
        if (loop.switchTo == null) loop.endStep()
    }

    /** Enters this task's context; null if the task is its own. */
    fun enterContext(): ContextCell? {
        val given = extrasOrNull?.context ?: return null
        given.enter()
        return given
    }

    fun isOwnContext(cell: ContextCell): Boolean = cell === this || cell === extrasOrNull?.context

    fun leaveContext() {
        extrasOrNull?.context?.leave()
    }

    /** Runs the body up to its next suspension or its end. */
    fun step() {
        val frame = suspended
        val awaited = waitingOn
        suspended = null
        waitingOn = null
        if (frame == null) {
            if (mustCancel) {
                mustCancel = false
                val refused = (coroutine as? EngineCoroutine<*>)?.closeUnstarted()
                end(Result.failure(refused ?: CancelledError(cancelMessage)))
            } else {
                startBody()
            }
            return
        }
        var error = if (awaited == null) extrasOrNull?.takeRefusal() else awaited.failureOrNull()
        if (mustCancel) {
            mustCancel = false
            if (error !is CancelledError) error = CancelledError(cancelMessage)
        }
        if (error != null) {
            if (loop.debug && cancelling() > 0 && error is CancelledError) extras.cancelThrown = true
            frame.resumeWith(Result.failure(if (frame is ParkPoint) error else error.asCancellationException()))
        } else {
            frame.resumeWith(Result.success(awaited?.unsafeValue()))
        }
    }

    private fun startBody() {
        val body = coroutine
        if (body is EngineCoroutine<T>) {
            body.startBody(this)
        } else {
            JavaSegment(this, body, null).start()
        }
    }

    /** Kotlin code that is the body, or the code at the bottom of it, is over. */
    override fun resumeWith(result: Result<Any?>) = end(result)

    /** The body is over. Throws what is fatal, after it was stored. */
    fun end(result: Result<Any?>) {
        if (loop.isClosed()) return unwound(result.exceptionOrNull())
        loop.tasks.remove(this)
        val error = endEpochs(result.exceptionOrNull())
        when {
            error == null ->
                if (mustCancel) {
                    mustCancel = false
                    complete(CANCELLED, cancelMessage)
                } else {
                    complete(FINISHED, result.getOrNull())
                    if (loop.debug) loop.warnOfColdResult(this, result.getOrNull())
                }
            error.endsAsCancelled() -> complete(CANCELLED, error)
            else -> {
                fail(error.outOfBody())
                if (error.isFatal) {
                    markRetrieved() // it leaves the loop, where nobody can miss it
                    throw error
                }
            }
        }
    }

    /** A step that kotlinx ran is over: what is fatal has to leave the loop, and kotlinx keeps what [end] throws. */
    fun rethrowFatal() {
        if (isFailed && peekFailure().isFatal) throw peekFailure()
    }

    /** Whether the body has ended with [error], which is fatal. */
    fun leftLoopWith(error: Throwable?): Boolean = isFailed && peekFailure() === error && error.isFatal

    /**
     * The body was given up because its loop was closed: the task stays pending, as in asyncio, but what went wrong on the
     * way is told.
     */
    private fun unwound(error: Throwable?) {
        if (error == null || error is BodyAbandoned) return
        val message = "Exception in $this, whose body was ended because its event loop was closed"
        loop.callExceptionHandler(ExceptionContext.builder(message).exception(error).task(this).build())
    }

    /** Its face's own kind of cancellation; either of the two from Kotlin code. */
    private fun Throwable.endsAsCancelled(): Boolean =
        this is CancelledError || (isCancellation && coroutine is EngineCoroutine<*>)

    // ---- suspension, called from inside a step

    /** Suspends [frame] until [future] is done. */
    fun waitOn(future: FutureImpl<*>, frame: Continuation<Any?>) {
        suspended = frame
        if (extrasOrNull?.cancelThrown == true) reportSwallowed()
        when {
            future.loop !== loop ->
                refuse(IllegalStateException("$this got $future, which is attached to a different loop"))
            future === this -> refuse(IllegalStateException("Task cannot await on itself: $this"))
            else -> {
                future.addCallback(this)
                waitingOn = future
                if (mustCancel && future.cancel(cancelMessage)) mustCancel = false
            }
        }
    }

    /** The engine's own code awaits on after a cancellation, which it does not forget. */
    fun keepsCancellation() {
        extrasOrNull?.cancelThrown = false
    }

    private fun reportSwallowed() {
        extras.cancelThrown = false
        if (cancelling() > 0) loop.warnOfSwallowedCancellation(this)
    }

    /** As in asyncio, the await that is refused throws one iteration later. */
    private fun refuse(error: Throwable) {
        extras.refusal = error
        loop.ready.add(this)
    }

    /** Suspends [frame] for exactly one iteration: asyncio's bare yield. */
    fun yieldOnce(frame: Continuation<Any?>) {
        suspended = frame
        if (extrasOrNull?.cancelThrown == true) reportSwallowed()
        loop.ready.add(this)
    }

    // ---- kotlinx

    /** Suspended by code that is not ours; only a dispatch can go on. */
    private val isForeign: Boolean get() = suspended == null && !running

    /** A step is over: a cancel that found nothing to cancel may find something now. */
    fun afterStep() {
        running = false
        if (!mustCancel || done() || !isForeign) return
        mustCancel = false
        if (!cancelEpoch(cancelMessage)) mustCancel = true
    }

    /** Whether a dispatched step of this task has to begin with a cancellation. Any thread, to which it is a guess. */
    val mustCancelForeign: Boolean get() = mustCancel && suspended == null

    /** Whoever takes it delivers the cancellation. */
    fun takeMustCancel(): Boolean = mustCancel.also { mustCancel = false }

    fun cancelledError(): CancelledError = CancelledError(cancelMessage)

    override fun makeCancelledError(): Throwable = if (cancelled()) takeFailure() else cancelledError()

    override val pendingName: String get() = if (cancelling() > 0) "cancelling" else super.pendingName

    override fun toString(): String {
        val waits = waitingOn?.let { if (it is TaskImpl<*>) " wait_for=<Task '${it.name}'>" else " wait_for=$it" } ?: ""
        return "<Task '$name' ${describeState()} coroutine=$coroutine$waits>"
    }

    private companion object {
        val NUMBERS = AtomicInteger()
    }
}
