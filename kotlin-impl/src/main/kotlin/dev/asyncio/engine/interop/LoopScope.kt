package dev.asyncio.engine.interop

import dev.asyncio.ExceptionContext
import dev.asyncio.engine.LoopImpl
import kotlinx.coroutines.CoroutineExceptionHandler
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.job
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext

/** The coroutines that live as long as a loop. Any thread. */
internal class LoopScope(private val loop: LoopImpl) : CoroutineScope {
    override val coroutineContext: CoroutineContext = SupervisorJob() + Reporter() + loop.dispatcher

    fun close() = coroutineContext.job.cancel(loopClosed())

    /** Ends what runs in this scope, and waits for it; nothing can be started in it afterwards. */
    suspend fun cancelAndJoin() {
        close()
        coroutineContext.job.join()
    }

    private inner class Reporter :
        AbstractCoroutineContextElement(CoroutineExceptionHandler),
        CoroutineExceptionHandler {
        override fun handleException(context: CoroutineContext, exception: Throwable) = loop.runOnLoop {
            val report = ExceptionContext.builder("Unhandled exception in a coroutine of the loop's scope")
            loop.callExceptionHandler(report.exception(exception).build())
        }
    }

    override fun toString(): String = "LoopScope($loop)"
}
