package dev.asyncio.engine.threads

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.interop.wrapBlocking
import dev.asyncio.engine.interop.wrapStage
import dev.asyncio.engine.tasks.FutureImpl
import java.io.Serializable
import java.util.concurrent.AbstractExecutorService
import java.util.concurrent.Callable
import java.util.concurrent.CompletionStage
import java.util.concurrent.Executor
import java.util.concurrent.ExecutorService

/** Kotlin's work as a callable that can be serialized, as it can be itself. */
internal class TravellingWork<T>(private val work: () -> T) :
    Callable<T>,
    Serializable {
    override fun call(): T = work()

    private companion object {
        private const val serialVersionUID = 1L
    }
}

/** The loop's future of [callable] in [executor]. */
internal fun <T> LoopImpl.runIn(executor: Executor, callable: Callable<T>): FutureImpl<T> =
    if (callable is Serializable && executor is ExecutorService && executor.mayBeElsewhere()) {
        submit(executor, callable)
    } else {
        ExecutorJob(this, callable).submitTo(executor)
    }

/**
 * Whether jobs may leave this process: the executors of the JDK, and those built on its base class, keep them. A job
 * that leaves has to be what the user made, because an object of the engine's cannot be serialized.
 */
private fun ExecutorService.mayBeElsewhere(): Boolean =
    this !is AbstractExecutorService && !javaClass.name.startsWith("java.util.concurrent.")

/** Executors of clusters give futures that tell when they are done; others are waited for off the loop. */
private fun <T> LoopImpl.submit(executor: ExecutorService, callable: Callable<T>): FutureImpl<T> {
    val source = executor.submit(callable)
    return if (source is CompletionStage<*>) {
        @Suppress("UNCHECKED_CAST")
        wrapStage(source as CompletionStage<T>, interrupt = false)
    } else {
        wrapBlocking(source)
    }
}
