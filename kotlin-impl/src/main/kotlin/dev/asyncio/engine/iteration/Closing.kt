package dev.asyncio.engine.iteration

import dev.asyncio.CancelledError
import dev.asyncio.ExceptionContext
import dev.asyncio.Outcome
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.tasks.GatherFuture

/** asyncio's shutdown_asyncgens. */
internal suspend fun closeGenerators(loop: LoopImpl) {
    val open = loop.openGenerators.toList()
    if (open.isEmpty()) return
    loop.openGenerators.clear()
    val outcomes = awaitFuture(GatherFuture.of<Outcome<Any?>>(loop, open.map { it.close() }, outcomes = true))
    for ((generator, outcome) in open zip outcomes) {
        val error = outcome.exception() ?: continue
        if (error is CancelledError) continue
        val message = "an error occurred during closing of asynchronous generator $generator"
        loop.callExceptionHandler(
            ExceptionContext.builder(message).exception(error).extra("asyncgen", generator).build(),
        )
    }
}
