package dev.asyncio.engine

import dev.asyncio.AsCompleted
import dev.asyncio.Awaitable
import dev.asyncio.Carrier
import dev.asyncio.Context
import dev.asyncio.ContextVar
import dev.asyncio.Coroutine
import dev.asyncio.EventLoop
import dev.asyncio.Future
import dev.asyncio.NoRunningLoopException
import dev.asyncio.Outcome
import dev.asyncio.ReturnWhen
import dev.asyncio.RunnerOptions
import dev.asyncio.Task
import dev.asyncio.TaskFactory
import dev.asyncio.TaskGroup
import dev.asyncio.TaskOptions
import dev.asyncio.Timeout
import dev.asyncio.Token
import dev.asyncio.WaitResult
import dev.asyncio.engine.attached.AttachedLoop
import dev.asyncio.engine.attached.ExecutorHome
import dev.asyncio.engine.await.JavaAwait
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.await.awaitSuspending
import dev.asyncio.engine.await.currentLoop
import dev.asyncio.engine.context.CarriedLocals
import dev.asyncio.engine.context.ContextImpl
import dev.asyncio.engine.context.ThreadState
import dev.asyncio.engine.context.TokenImpl
import dev.asyncio.engine.context.VarMap
import dev.asyncio.engine.files.FilesFactory
import dev.asyncio.engine.interop.wrapBlocking
import dev.asyncio.engine.interop.wrapStage
import dev.asyncio.engine.io.IoFactory
import dev.asyncio.engine.loop.toNanosSaturated
import dev.asyncio.engine.runner.RunnerImpl
import dev.asyncio.engine.subprocess.SubprocessFactory
import dev.asyncio.engine.tasks.AsCompletedImpl
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.GatherFuture
import dev.asyncio.engine.tasks.SleepOperation
import dev.asyncio.engine.tasks.TaskGroupImpl
import dev.asyncio.engine.tasks.TimeoutImpl
import dev.asyncio.engine.tasks.waitForFutures
import dev.asyncio.engine.tasks.waitForOne
import dev.asyncio.engine.threads.MirrorFuture
import dev.asyncio.spi.EventLoopProvider
import dev.asyncio.spi.FilesProvider
import dev.asyncio.spi.IoProvider
import dev.asyncio.spi.IterationProvider
import dev.asyncio.spi.Lookup
import dev.asyncio.spi.RunnerPeer
import dev.asyncio.spi.SubprocessProvider
import dev.asyncio.spi.SyncProvider
import dev.asyncio.spi.TaskGroupPeer
import dev.asyncio.spi.ThreadLocalAccess
import dev.asyncio.spi.TimeoutPeer
import dev.asyncio.spi.VirtualLoop
import dev.asyncio.testing.VirtualTimeLoop
import kotlinx.coroutines.CoroutineScope
import java.time.Duration
import java.util.concurrent.Callable
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executor
import java.util.function.Function

/** The facade's way into this engine. Thread-safe; what it hands out says for itself. */
internal class EngineProvider : EventLoopProvider {
    init {
        // Now, where the facade tells it, rather than in the middle of a program.
        checkForClassOf("org.jetbrains.kotlin:kotlin-stdlib") { Unit::class.java }
        checkForClassOf("org.jetbrains.kotlinx:kotlinx-coroutines-core") { CoroutineScope::class.java }
    }

    // ---- loops

    override fun newEventLoop(carrier: Carrier?): EventLoop {
        val thread = ThreadState.current()
        val factory = thread.loopFactory ?: return LoopImpl(carrier = carrier)
        thread.loopFactory = null
        try {
            return factory.apply(carrier)
        } finally {
            thread.loopFactory = factory
        }
    }

    override fun attachEventLoop(executor: Executor, carrier: Carrier): EventLoop =
        AttachedLoop.to(ExecutorHome(executor), carrier)

    override fun newVirtualTimeLoop(face: VirtualTimeLoop, carrier: Carrier?): VirtualLoop =
        VirtualLoopImpl(face, carrier)

    override fun withLoopFactory(factory: Function<Carrier?, out EventLoop>, body: Runnable) {
        val thread = ThreadState.current()
        val outerFactory = thread.loopFactory
        val outerLoop = thread.setLoop
        val outerCalled = thread.setLoopCalled
        thread.loopFactory = factory
        thread.setLoop = null
        thread.setLoopCalled = false
        try {
            body.run()
        } finally {
            thread.loopFactory = outerFactory
            thread.setLoop = outerLoop
            thread.setLoopCalled = outerCalled
        }
    }

    override fun getRunningLoopOrNull(): EventLoop? = (ThreadState.currentLoop as LoopImpl?)?.face

    override fun getEventLoop(): EventLoop {
        val thread = ThreadState.current()
        (thread.loop as LoopImpl?)?.let { return it.face }
        thread.setLoop?.let { return it }
        if (thread.setLoopCalled) {
            throw NoRunningLoopException("There is no current event loop in thread '${Thread.currentThread().name}'")
        }
        return newEventLoop(null).also(::setEventLoop)
    }

    override fun setEventLoop(loop: EventLoop?) {
        val thread = ThreadState.current()
        thread.setLoop = loop
        thread.setLoopCalled = true
    }

    // ---- running

    override fun newRunner(options: RunnerOptions): RunnerPeer = RunnerImpl(options)

    override fun <T> runCoroutineThreadsafe(coroutine: Coroutine<T>, loop: EventLoop): CompletableFuture<T> {
        val target = loop.impl()
        return MirrorFuture.later(target) { target.ensureFuture(coroutine) }
    }

    // ---- awaiting and making futures

    override fun <T> await(awaitable: Awaitable<T>): T = JavaAwait.await(awaitable)

    override fun <T> newTask(loop: EventLoop, coroutine: Coroutine<T>, options: TaskOptions): Task<T> =
        loop.impl().newTask(coroutine, options.name(), options.context(), options.eagerStart())

    override fun <T> createTask(coroutine: Coroutine<T>, options: TaskOptions): Task<T> =
        runningLoop().createTask(coroutine, options)

    override fun eagerTaskFactory(): TaskFactory = EAGER

    override fun <T> ensureFuture(awaitable: Awaitable<T>): Future<T> = loopOf(awaitable).ensureFuture(awaitable)

    override fun <T> wrapStage(stage: CompletionStage<T>): Future<T> = defaultLoop().wrapStage(stage)

    override fun <T> wrapBlocking(future: java.util.concurrent.Future<T>): Future<T> =
        defaultLoop().wrapBlocking(future)

    // ---- composition

    override fun sleep(delay: Duration): Coroutine<Void?> = sleep<Void?>(delay, null)

    override fun <T> sleep(delay: Duration, result: T): Coroutine<T> =
        SleepOperation.of(delay.toNanosSaturated(), result)

    override fun <T> gather(awaitables: Collection<Awaitable<out T>>): Future<List<T>> =
        GatherFuture.of(loopOf(awaitables), awaitables, outcomes = false)

    override fun <T> gatherOutcomes(awaitables: Collection<Awaitable<out T>>): Future<List<Outcome<T>>> =
        GatherFuture.of(loopOf(awaitables), awaitables, outcomes = true)

    override fun <T> wait(
        awaitables: Collection<Awaitable<out T>>,
        timeout: Duration?,
        returnWhen: ReturnWhen,
    ): Coroutine<WaitResult<T>> = Operation("wait") {
        waitForFutures(awaitables, timeout?.toNanosSaturated(), returnWhen)
    }

    override fun <T> waitFor(awaitable: Awaitable<T>, timeout: Duration?): Coroutine<T> =
        Operation("waitFor") { waitForOne(awaitable, timeout?.toNanosSaturated()) }

    override fun <T> asCompleted(awaitables: Collection<Awaitable<out T>>, timeout: Duration?): AsCompleted<T> =
        AsCompletedImpl(defaultLoop(), awaitables, timeout?.toNanosSaturated())

    override fun <T> shield(awaitable: Awaitable<T>): Future<T> =
        dev.asyncio.engine.tasks.shield(loopOf(awaitable).ensureFuture(awaitable))

    override fun <T> timeout(delay: Duration?, body: Coroutine<T>): Coroutine<T> = Operation("timeout") {
        TimeoutImpl(delay?.let { currentLoop().deadlineAfter(it) }).within { awaitSuspending(body) }
    }

    override fun <T> timeoutAt(`when`: Duration?, body: Coroutine<T>): Coroutine<T> = Operation("timeoutAt") {
        TimeoutImpl(`when`?.toNanosSaturated()).within { awaitSuspending(body) }
    }

    override fun newTimeout(face: Timeout, delay: Duration?): TimeoutPeer {
        val loop = runningLoop()
        return TimeoutImpl(delay?.let(loop::deadlineAfter))
    }

    override fun newTimeoutAt(face: Timeout, `when`: Duration?): TimeoutPeer = TimeoutImpl(`when`?.toNanosSaturated())

    override fun newTaskGroup(face: TaskGroup): TaskGroupPeer = TaskGroupImpl()

    override fun <T> toThread(callable: Callable<T>): Coroutine<T> = Operation("toThread") {
        val loop = currentLoop()
        val context = ContextImpl(loop.cell.vars)
        awaitFuture(loop.runInExecutor(null, Callable { context.run(callable) }))
    }

    // ---- locks and queues

    override fun sync(): SyncProvider = SyncFactory

    // ---- asynchronous iteration

    override fun iteration(): IterationProvider = IterationFactory

    // ---- sockets

    override fun io(): IoProvider = IoFactory

    // ---- files

    override fun files(): FilesProvider = FilesFactory

    // ---- processes

    override fun processes(): SubprocessProvider = SubprocessFactory

    // ---- looking around

    override fun currentTask(loop: EventLoop?): Task<*>? = (loop?.impl() ?: runningLoop()).currentTask

    override fun allTasks(loop: EventLoop?): Set<Task<*>> = (loop?.impl() ?: runningLoop()).tasks.toSet()

    // ---- context variables

    override fun copyContext(): Context = ContextImpl(ThreadState.currentCell.vars)

    @Suppress("UNCHECKED_CAST")
    override fun <T> getVar(variable: ContextVar<T>): Lookup<T>? =
        ThreadState.currentCell.vars[variable] as Lookup<T>?

    override fun <T> setVar(variable: ContextVar<T>, carried: ThreadLocalAccess<T>?, value: T): Token<T> {
        val cell = ThreadState.currentCell
        val token = TokenImpl(variable, cell, cell.vars[variable])
        cell.vars = cell.vars.with(VarMap.Binding(variable, value, carried))
        if (carried != null) ThreadState.current().show(cell)
        return token
    }

    override fun <T> resetVar(variable: ContextVar<T>, token: Token<T>) {
        val cell = ThreadState.currentCell
        (token as TokenImpl<T>).reset(variable, cell)
        if (CarriedLocals.inUse) ThreadState.current().show(cell)
    }

    /** The loop of what is a future already, else the default one: a future needs no other. */
    private fun loopOf(awaitable: Awaitable<*>): LoopImpl = (awaitable as? FutureImpl<*>)?.loop ?: defaultLoop()

    /** As in asyncio that of the first; but where no loop runs, that of the first future rather than a new one. */
    private fun loopOf(awaitables: Collection<Awaitable<*>>): LoopImpl {
        val isRunning = ThreadState.currentLoop != null
        return awaitables.firstOrNull { isRunning || it is FutureImpl<*> }?.let { loopOf(it) } ?: defaultLoop()
    }

    /** As asyncio's get_event_loop: what runs, else the thread's own. */
    private fun defaultLoop(): LoopImpl = getEventLoop().impl()

    private companion object {
        val EAGER = TaskFactory { loop, coroutine, options ->
            Task.create(loop, coroutine, options.withEagerStart(true))
        }
    }
}

/** Says which [artifact] is missing if it is. Inlined: a function type would be Kotlin's own. */
private inline fun checkForClassOf(artifact: String, type: () -> Class<*>) {
    try {
        type().name // a literal that nobody uses is left out by the compiler
    } catch (e: LinkageError) {
        throw NoClassDefFoundError("add the artifact $artifact to the class path or module path").apply { initCause(e) }
    }
}

internal fun runningLoop(): LoopImpl = ThreadState.currentLoop as LoopImpl? ?: throw NoRunningLoopException(
    "no running event loop: call this inside a coroutine or a callback of a loop, or use the loop's own method",
)

/** The engine's side of a loop that users hold. */
internal fun EventLoop.impl(): LoopImpl = when (this) {
    is LoopImpl -> this
    is VirtualTimeLoop -> peer() as LoopImpl
    else -> throw IllegalArgumentException("$this was not made by this engine")
}
