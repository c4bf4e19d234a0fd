package dev.asyncio.engine.await

import dev.asyncio.Awaitable
import dev.asyncio.Coroutine
import dev.asyncio.NoRunningLoopException
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.context.ThreadState
import dev.asyncio.engine.loop.BodyStack
import dev.asyncio.engine.loop.readyItem
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.engine.tasks.asCancelledError
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED

/**
 * `await` of straight-line Java code. What is done already, and SDK operations that need not wait, cost a call; what
 * has to wait parks the body's stack.
 */
internal object JavaAwait {
    @Suppress("UNCHECKED_CAST")
    fun <T> await(awaitable: Awaitable<T>): T {
        val loop = ThreadState.currentLoop as LoopImpl? ?: throw NoRunningLoopException(noLoopHere())
        val stack = loop.javaStack ?: throw IllegalStateException(refusal(loop))
        if (stack.abandoned) stack.refuseAwait()
        val task = loop.currentTask!!
        return when (awaitable) {
            is FutureImpl<T> -> awaitFuture(task, stack, awaitable)
            is EngineCoroutine<T> -> awaitSuspending(loop, task, stack, awaitable) as T
            is Coroutine<T> -> awaitable.run().also { if (loop.debug) loop.warnOfColdResult(task, it, awaitable) }
            else -> throw IllegalArgumentException(
                "$awaitable is neither a Future of this SDK nor a Coroutine; " +
                    "implement Coroutine to make something awaitable",
            )
        }
    }

    private fun <T> awaitFuture(task: TaskImpl<*>, stack: BodyStack, future: FutureImpl<T>): T {
        if (future.done()) return future.result()
        val point = ParkPoint.of(task, stack, ofFuture = true)
        task.waitOn(future, point)
        @Suppress("UNCHECKED_CAST")
        return point.park() as T
    }

    /** Runs suspending code right on this stack; only if it suspends is there something to wait for. */
    private fun awaitSuspending(
        loop: LoopImpl,
        task: TaskImpl<*>,
        stack: BodyStack,
        coroutine: EngineCoroutine<*>,
    ): Any? {
        val point: ParkPoint
        val quick = coroutine as? QuickOperation
        loop.inJavaBody = false // an await straight inside of that code has no stack to park
        val value =
            try {
                if (quick != null) {
                    val now = quick.now()
                    if (now !== NOT_NOW) return now
                }
                point = ParkPoint.of(task, stack)
                when {
                    loop.hasHome -> {
                        loop.homeWork = readyItem { startAtHome(task, coroutine, point) }
                        COROUTINE_SUSPENDED
                    }
                    quick != null -> quick.startLater(point)
                    else -> coroutine.start(task, point)
                }
            } catch (e: Throwable) {
                throw e.asCancelledError()
            } finally {
                loop.inJavaBody = true
            }
        if (value === COROUTINE_SUSPENDED) return point.park()
        point.release()
        return value
    }

    /** Suspending code that is to be run on another thread than this body's. */
    private fun startAtHome(task: TaskImpl<*>, coroutine: EngineCoroutine<*>, point: ParkPoint) {
        val value =
            try {
                coroutine.start(task, point)
            } catch (e: Throwable) {
                return point.resumeWith(Result.failure(e))
            }
        if (value !== COROUTINE_SUSPENDED) point.resumeWith(Result.success(value))
    }

    private fun noLoopHere() =
        "await needs a running event loop, and thread '${Thread.currentThread().name}' runs none: call it in the " +
            "coroutine itself that Asyncio.run or a task runs, or hand one to a loop by runCoroutineThreadsafe"

    private fun refusal(loop: LoopImpl): String {
        val task = loop.currentTask
            ?: return "await cannot suspend a callback of the event loop: " +
                "wrap the code in a coroutine and pass it to createTask"
        return "await cannot park Kotlin code, here of $task, which has no Java stack: in a suspend body call the " +
            "suspend function x.await() of dev.asyncio.coroutines; a function f that such code calls cannot wait, " +
            "unless it is called by Coroutine { f() }.await()"
    }
}
