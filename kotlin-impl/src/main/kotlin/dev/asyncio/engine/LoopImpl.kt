package dev.asyncio.engine

import dev.asyncio.AsyncIterator
import dev.asyncio.Awaitable
import dev.asyncio.Carrier
import dev.asyncio.Context
import dev.asyncio.Coroutine
import dev.asyncio.EventLoop
import dev.asyncio.ExceptionContext
import dev.asyncio.ExceptionHandler
import dev.asyncio.Future
import dev.asyncio.Handle
import dev.asyncio.Task
import dev.asyncio.TaskFactory
import dev.asyncio.TaskOptions
import dev.asyncio.TimerHandle
import dev.asyncio.WrongLoopThreadException
import dev.asyncio.engine.await.EngineCoroutine
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.TaskScope
import dev.asyncio.engine.context.ContextCell
import dev.asyncio.engine.context.ContextImpl
import dev.asyncio.engine.context.RunsInContext
import dev.asyncio.engine.context.ThreadState
import dev.asyncio.engine.debug.Diagnostics
import dev.asyncio.engine.interop.LoopDispatcher
import dev.asyncio.engine.interop.LoopScope
import dev.asyncio.engine.iteration.closeGenerators
import dev.asyncio.engine.loop.Carriers
import dev.asyncio.engine.loop.HandleImpl
import dev.asyncio.engine.loop.Intake
import dev.asyncio.engine.loop.LoopBackend
import dev.asyncio.engine.loop.LoopCore
import dev.asyncio.engine.loop.ParkBackend
import dev.asyncio.engine.loop.ReadyQueue
import dev.asyncio.engine.loop.SignalHandlers
import dev.asyncio.engine.loop.TimerHandleImpl
import dev.asyncio.engine.loop.Undelivered
import dev.asyncio.engine.loop.readyItem
import dev.asyncio.engine.loop.saturatedAdd
import dev.asyncio.engine.loop.toNanosSaturated
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.engine.tasks.UnretrievedReport
import dev.asyncio.engine.tasks.isFatal
import dev.asyncio.engine.threads.DefaultExecutor
import dev.asyncio.engine.threads.MirrorFuture
import dev.asyncio.engine.threads.deliver
import dev.asyncio.engine.threads.runIn
import java.time.Duration
import java.util.concurrent.Callable
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.Executor
import java.util.concurrent.atomic.AtomicInteger

/**
 * asyncio's event loop: [TaskLoop] with executors, signals and reports on top.
 *
 * Loop thread only, but for [callSoonThreadsafe], [isRunning], [isClosed], [time], the debug flag and [toString].
 */
internal open class LoopImpl(
    backend: LoopBackend = ParkBackend(),
    carrier: Carrier? = null,
    ready: ReadyQueue = ReadyQueue(),
    intake: Intake = Intake(),
) : TaskLoop(backend, ready, Carriers.choose(carrier), intake),
    EventLoop {
    private val number = NUMBERS.incrementAndGet()

    /** The object that users know as this loop. */
    open val face: EventLoop get() = this

    /** Why this kind of loop watches no channels; null if it does. */
    open val whyNoChannels: String? get() = null

    /** Why this kind of loop waits for no processes and pipes; null if it does. */
    open val whyNoProcesses: String? get() = null

    // Loop thread only.
    @JvmField val unretrieved = UnretrievedReport.Reports()

    /** The variables of the code that makes a task or the like, which may be any while this loop does not run. */
    val callerCell: ContextCell get() = if (driver == null) ThreadState.currentCell else cell

    @JvmField val pinsReported: MutableSet<String> = HashSet()

    /** Generators between the first and the last of their elements. */
    @JvmField val openGenerators: MutableSet<AsyncIterator<*>> = LinkedHashSet()

    /** The tasks that the end of a run has cancelled. */
    @JvmField val cancelledRest: MutableSet<TaskImpl<*>> = LinkedHashSet()

    private val diagnostics = Diagnostics(this)
    private val defaultExecutor = DefaultExecutor(this)
    private var signals: SignalHandlers? = null
    private var taskFactory: TaskFactory? = null
    private var exceptionHandler: ExceptionHandler? = null

    // Any thread.
    /**
     * What has to know when this loop stops or is closed: who waits elsewhere for its futures, publishers, pipes,
     * processes, and what is open or being made for a task. Each takes itself out when that does not matter to it any
     * more; of several threads that do so, the one that succeeds has the last word.
     */
    val dependents: MutableSet<Undelivered> = ConcurrentHashMap.newKeySet()

    /** How many threads run code of coroutines below this loop's tasks. */
    val runningElsewhere = AtomicInteger()

    init {
        debug = Diagnostics.debugByDefault
    }

    val dispatcher: LoopDispatcher by lazy(LazyThreadSafetyMode.PUBLICATION) { LoopDispatcher(this) }

    private val lazyScope = lazy { LoopScope(this).also { if (isClosed()) it.close() } }

    val scope: LoopScope by lazyScope

    val scopeOrNull: LoopScope? get() = if (lazyScope.isInitialized()) scope else null

    // ---- running

    override fun runForever() = runUntilStopped()

    override fun <T> runUntilComplete(awaitable: Awaitable<T>): T {
        checkCanRun()
        val isNew = awaitable !is Future<*>
        val future = ensureFuture(awaitable)
        if (isNew) (future as TaskImpl).logDestroyPending = false
        require(future.loop === this) { "The future belongs to a different loop than the one that runs: $future" }
        val stop = readyItem { if (future.failureUnlessCancelled()?.isFatal != true) stop() }
        future.addCallback(stop)
        try {
            runForever()
        } catch (e: Throwable) {
            if (isNew && future.done()) future.markRetrieved() // it is what is being thrown
            throw e
        } finally {
            future.removeCallback(stop)
        }
        if (!future.done()) throw stoppedBefore(future)
        return future.result()
    }

    protected open fun stoppedBefore(future: FutureImpl<*>): RuntimeException =
        IllegalStateException("Event loop stopped before Future completed: $future")

    override fun stop() {
        checkThread()
        super.stop()
    }

    override fun close() {
        if (isClosed()) {
            return
        }
        check(!isRunning()) { "Cannot close a running event loop" }
        val left = tasks.toSet()
        // Each is done whatever becomes of the others: exception handlers and executors are not ours.
        val steps = listOf(
            { closeCore().forEach(::reportLost) },
            { left.filter { it.logDestroyPending }.forEach(diagnostics::reportDestroyed) },
            { unretrieved.close(this) },
            { poller?.close() },
            { defaultExecutor.shutdownNow() },
            { signals?.close() },
            { left.forEach { it.loopClosed() } },
            { scopeOrNull?.close() },
            { tellDependents { it.loopClosed() } },
        )
        val failures = steps.mapNotNull { step -> runCatching(step).exceptionOrNull() }
        val first = failures.firstOrNull() ?: return
        failures.filter { it !== first }.forEach(first::addSuppressed)
        throw first
    }

    private fun reportLost(owner: Any) {
        val message = "$owner ignores that its loop was closed; its thread is left behind, waiting for ever"
        callExceptionHandler(ExceptionContext.builder(message).task(owner as? Task<*>).build())
    }

    override fun onIteration() = unretrieved.poll(this)

    override fun onStopped() = tellDependents { it.loopStopped() }

    protected fun tellDependents(action: (Undelivered) -> Unit) = dependents.forEach { telling(it) { action(it) } }

    /** Reports what [tell] throws, which makes [who] call code that is not the loop's own. Any thread. */
    inline fun telling(who: Any, tell: () -> Unit) {
        try {
            tell()
        } catch (e: Throwable) {
            if (e.isFatal) throw e
            callExceptionHandler(ExceptionContext.builder("Exception in callback $who").exception(e).build())
        }
    }

    /** kotlinx looks into a task for the first time: there may be coroutines below it from now on. Any thread. */
    open fun noteEpochs(scope: TaskScope<*>) = Unit

    /** Such a task is over. */
    open fun forgetEpochs(scope: TaskScope<*>) = Unit

    override fun shutdownAsyncgens(): Coroutine<Void?> = Operation("shutdownAsyncgens") {
        closeGenerators(this)
        null
    }

    // ---- callbacks

    override fun callSoon(callback: Runnable, context: Context?): Handle {
        checkOpen()
        checkThread()
        return newHandle(callback, context).also(::addReady)
    }

    override fun callSoonThreadsafe(callback: Runnable, context: Context?): Handle {
        checkOpen()
        return ThreadState.withCurrent { here, cell -> newHandle(callback, context, cell).also { enqueue(it, here) } }
    }

    override fun callLater(delay: Duration, callback: Runnable, context: Context?): TimerHandle =
        newTimer(deadlineAfter(delay), callback, context)

    override fun callAt(`when`: Duration, callback: Runnable, context: Context?): TimerHandle =
        newTimer(`when`.toNanosSaturated(), callback, context)

    private fun newHandle(callback: Runnable, context: Context?, cell: ContextCell = ThreadState.currentCell) =
        HandleImpl(this, callback, context, cell.vars)

    private fun newTimer(deadline: Long, callback: Runnable, context: Context?): TimerHandle {
        checkOpen()
        checkThread()
        return TimerHandleImpl(this, deadline, callback, context, ThreadState.currentCell.vars).also(::schedule)
    }

    /** Queues [node] from any thread; [here] is the loop that the calling one runs. */
    fun enqueue(node: Intake.Node, here: LoopCore? = ThreadState.currentLoop) {
        if (here === this) addReady(node) else addThreadsafe(node)
    }

    /** Runs [action] now if the calling code holds the baton, else as a handle. */
    fun runOnLoop(action: () -> Unit) {
        if (isOnLoop) {
            action()
        } else {
            deliver(action)
        }
    }

    /** Whether the calling code holds this loop's baton. */
    val isOnLoop: Boolean get() = ThreadState.currentLoop === this

    override fun time(): Duration = Duration.ofNanos(backend.time())

    fun deadlineAfter(delay: Duration): Long = saturatedAdd(backend.time(), delay.toNanosSaturated())

    /** In debug mode: that nobody but the loop's own code calls what is not thread-safe. */
    fun checkThread() {
        if (debug && isRunning() && !isOnLoop) {
            throw WrongLoopThreadException(
                "Non-thread-safe operation invoked on $this from thread '${Thread.currentThread().name}', " +
                    "which does not run it; use callSoonThreadsafe or runCoroutineThreadsafe",
            )
        }
    }

    // ---- futures and tasks

    override fun <T> createFuture(): FutureImpl<T> = FutureImpl(this)

    override fun <T> createTask(coroutine: Coroutine<T>, options: TaskOptions): TaskImpl<T> {
        checkOpen()
        checkThread()
        val factory = taskFactory ?: return newTask(coroutine, options.name(), options.context(), options.eagerStart())
        // 3.13's factories know no name: it is set when the task is there, after an eager step of it.
        @Suppress("UNCHECKED_CAST")
        val task = factory.createTask(face, coroutine, options.withName(null)) as? TaskImpl<T>
            ?: throw IllegalStateException("the task factory $factory has to return a task made by Task.create")
        options.name()?.let(task::setName)
        return task
    }

    /** A task, made without the factory. */
    fun <T> newTask(coroutine: Coroutine<T>, name: String?, context: Context?, eager: Boolean? = null): TaskImpl<T> {
        checkOpen()
        return TaskImpl(this, coroutine, name, context as ContextImpl?).also { it.start(eager == true) }
    }

    override fun setTaskFactory(factory: TaskFactory?) {
        taskFactory = factory
    }

    override fun getTaskFactory(): TaskFactory? = taskFactory

    /** [awaitable] itself if it is a future, else a task that awaits it. */
    fun <T> ensureFuture(awaitable: Awaitable<T>): FutureImpl<T> = when (awaitable) {
        is FutureImpl<T> -> awaitable
        is Coroutine<T> -> createTask(awaitable, TaskOptions.DEFAULT)
        else -> throw IllegalArgumentException(
            "$awaitable is neither a Future of this SDK nor a Coroutine; " +
                "implement Coroutine to make something awaitable",
        )
    }

    /** [ensureFuture] for operations that watch several futures, which have to be of one loop. */
    fun <T> ensureOwnFuture(awaitable: Awaitable<T>): FutureImpl<T> {
        val future = ensureFuture(awaitable)
        require(future.loop === this) { "$future belongs to a different loop than the others or the running one" }
        return future
    }

    private fun FutureImpl<*>.failureUnlessCancelled(): Throwable? = if (isFailed) failureOrNull() else null

    // ---- threads

    override fun <T> runInExecutor(executor: Executor?, callable: Callable<T>): FutureImpl<T> {
        checkOpen()
        checkThread()
        return runIn(executor ?: defaultExecutor.get(), callable)
    }

    override fun setDefaultExecutor(executor: Executor) = defaultExecutor.set(executor)

    override fun shutdownDefaultExecutor(timeout: Duration?): Coroutine<Void?> = defaultExecutor.shutdown(timeout)

    fun <T> mirror(future: FutureImpl<T>): CompletableFuture<T> = MirrorFuture.of(future)

    // ---- reports

    override fun setExceptionHandler(handler: ExceptionHandler?) {
        exceptionHandler = handler
    }

    override fun getExceptionHandler(): ExceptionHandler? = exceptionHandler

    override fun defaultExceptionHandler(context: ExceptionContext) = diagnostics.log(context)

    override fun callExceptionHandler(context: ExceptionContext) {
        val handler = exceptionHandler ?: return diagnostics.logSafely(context)
        val thread = ThreadState.current()
        val outer = thread.swapCell(contextOf(context) ?: thread.cell)
        try {
            handler.handle(face, context)
        } catch (e: Throwable) {
            if (e.isFatal) throw e
            val report = ExceptionContext.builder("Unhandled error in exception handler").exception(e)
            diagnostics.logSafely(report.extra("context", context).build())
        } finally {
            thread.swapCell(outer)
        }
    }

    /** The context of the task, else of the handle that the report names; futures have none. */
    private fun contextOf(report: ExceptionContext): ContextCell? =
        ((report.task() ?: report.future() ?: report.handle()) as? RunsInContext)?.effectiveContext

    fun callbackFailed(handle: Any, own: ContextCell, error: Throwable) {
        if (error.isFatal) throw error
        diagnostics.callbackFailed(handle, own, error)
    }

    override fun reportIfSlow(what: Any, nanos: Long) = diagnostics.reportIfSlow(what, nanos)

    fun warnOfColdResult(task: TaskImpl<*>, result: Any?, code: Any = task) =
        diagnostics.warnOfColdResult(task, result, code)

    fun warnOfSwallowedCancellation(task: TaskImpl<*>) = diagnostics.warnOfSwallowedCancellation(task)

    fun captureOrigin(): Array<StackTraceElement> = diagnostics.captureOrigin()

    override fun getDebug(): Boolean = debug

    override fun setDebug(enabled: Boolean) {
        debug = enabled
    }

    override fun getSlowCallbackDuration(): Duration = Duration.ofNanos(diagnostics.slowNanos)

    override fun setSlowCallbackDuration(duration: Duration) {
        diagnostics.slowNanos = duration.toNanosSaturated()
    }

    // ---- signals

    override fun addSignalHandler(signal: String, callback: Runnable) {
        checkOpen()
        whereSignalsAre {
            val handlers = signals ?: SignalHandlers(this).also { signals = it }
            handlers.add(signal, callback)
        }
    }

    override fun removeSignalHandler(signal: String): Boolean = whereSignalsAre {
        SignalHandlers.requireSignal(signal)
        signals?.remove(signal) ?: false
    }

    private inline fun <T> whereSignalsAre(action: () -> T): T = try {
        action()
    } catch (e: LinkageError) {
        throw UnsupportedOperationException("this platform has no signals", e) // Android
    }

    override fun toString(): String =
        "<EventLoop $number running=${isRunning()} closed=${isClosed()} debug=$debug " +
            "carrier=${stacks.carrier.kind.name.lowercase()} stacks=${stacks.madeCount}>"

    init {
        onNewLoop?.invoke(this)
    }

    companion object {
        private val NUMBERS = AtomicInteger()

        /** Told of every loop that is made, in its constructor: tests look for those that were left open. */
        @Volatile
        @JvmField
        var onNewLoop: ((LoopImpl) -> Unit)? = null
    }
}
