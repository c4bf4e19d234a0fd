package dev.asyncio.engine.runner

import dev.asyncio.CancelledError
import dev.asyncio.Context
import dev.asyncio.Coroutine
import dev.asyncio.EventLoop
import dev.asyncio.ExceptionContext
import dev.asyncio.KeyboardInterrupt
import dev.asyncio.RunnerOptions
import dev.asyncio.TaskOptions
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.context.ContextImpl
import dev.asyncio.engine.context.ThreadState
import dev.asyncio.engine.impl
import dev.asyncio.engine.tasks.GatherFuture
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.engine.tasks.isFatal
import dev.asyncio.spi.Engine
import dev.asyncio.spi.RunnerPeer
import java.time.Duration
import java.util.concurrent.Executor

/** asyncio's Runner. Confined to the thread that uses it. */
internal class RunnerImpl(private val options: RunnerOptions) : RunnerPeer {
    private var loop: LoopImpl? = null
    private var context: ContextImpl? = null
    private var setsEventLoop = false
    private var exit: ExitHook? = null
    private var closed = false
    private var fatalThrown: Throwable? = null

    override fun getLoop(): EventLoop = openLoop().face

    override fun <T> run(main: Coroutine<T>, context: Context?): T {
        check(ThreadState.currentLoop == null) {
            "Runner.run() cannot be called from a running event loop: await the coroutine instead, or make it a task"
        }
        val loop = openLoop()
        val task = loop.createTask(main, TaskOptions.DEFAULT.withContext(context ?: this.context))
        val interrupts = if (options.interruptHandler()) installInterruptHandler(loop, task) else null
        exit = ExitHook.install(loop, task) ?: exit
        try {
            return inScope { loop.face.runUntilComplete(task) }
        } catch (e: CancelledError) {
            if (interrupts != null && interrupts.fired && task.uncancel() == 0) throw KeyboardInterrupt()
            throw e
        } catch (e: Throwable) {
            if (e.isFatal) fatalThrown = e
            throw e
        } finally {
            interrupts?.uninstall()
            if (exit?.uninstall() == true) exit = null
        }
    }

    override fun close() {
        val loop = loop
        if (closed || loop == null) {
            return
        }
        try {
            inScope { endAll(loop) }
        } catch (e: Throwable) {
            // A fatal error comes once more out of whoever waits for the task; it cannot be suppressed by itself.
            if (e !== fatalThrown) throw e
        } finally {
            if (setsEventLoop) Engine.get().setEventLoop(null)
            try {
                loop.close()
            } finally {
                if (loop.isClosed()) { // which it refuses in its own code: then it is for the close after the run
                    this.loop = null
                    closed = true
                    exit?.release()
                }
            }
        }
    }

    private fun endAll(loop: LoopImpl) {
        cancelAllTasks(loop)
        loop.scopeOrNull?.let { scope -> loop.face.runUntilComplete(Operation("run") { scope.cancelAndJoin() }) }
        loop.face.runUntilComplete(loop.shutdownAsyncgens())
        loop.face.runUntilComplete(loop.shutdownDefaultExecutor(SHUTDOWN_LIMIT))
    }

    /** Runs [block] inside of the scope that was asked for; what it throws goes round that. */
    private fun <T> inScope(block: () -> T): T {
        val scope = options.scope() ?: return block()
        var result: Result<T>? = null
        scope.execute { result = runCatching(block) }
        return result!!.getOrThrow()
    }

    /** Tries it out before anybody relies on it. */
    private fun checkScope(scope: Executor) {
        var thread: Thread? = null
        scope.execute { thread = Thread.currentThread() }
        check(thread === Thread.currentThread()) {
            "the scope $scope has to run what it is given at once, on the same thread"
        }
    }

    private fun openLoop(): LoopImpl {
        check(!closed) { "Runner is closed" }
        loop?.let { return it }
        options.scope()?.let(::checkScope)
        val factory = options.loopFactory()
        val made = if (factory != null) factory.get() else Engine.get().newEventLoop(options.carrier())
        val loop = made.impl()
        if (factory == null) {
            Engine.get().setEventLoop(made)
            setsEventLoop = true
        }
        options.debug()?.let(loop::setDebug)
        loop.stacks.scope = options.scope()
        context = ContextImpl(ThreadState.currentCell.vars)
        this.loop = loop
        return loop
    }

    private fun installInterruptHandler(loop: LoopImpl, task: TaskImpl<*>): InterruptHandler? = try {
        InterruptHandler.install(loop, task)
    } catch (_: LinkageError) {
        null // a platform without sun.misc.Signal, Android for one
    }

    /** Cancels each task once and waits for all; one that refuses is waited for as long as it takes. */
    private fun cancelAllTasks(loop: LoopImpl) {
        val left = loop.cancelRest() // main, too, if a fatal error has ended the run while it waited for the others
        if (left.isEmpty()) return
        loop.face.runUntilComplete(GatherFuture.of<Any?>(loop, left, outcomes = true))
        for (task in left) {
            if (!task.isFailed || task.peekFailure().isFatal) continue // what is fatal has left the loop by itself
            val report = ExceptionContext.builder("unhandled exception during asyncio.run() shutdown")
            loop.callExceptionHandler(report.exception(task.takeFailure()).task(task).build())
        }
    }

    private companion object {
        val SHUTDOWN_LIMIT: Duration = Duration.ofMinutes(5)
    }
}
