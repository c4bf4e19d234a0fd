package dev.asyncio.engine.interop

import dev.asyncio.ExceptionContext
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.context.ContextCell
import dev.asyncio.engine.context.ThreadState
import dev.asyncio.engine.context.VarMap
import dev.asyncio.engine.loop.Intake
import dev.asyncio.engine.loop.Undelivered
import dev.asyncio.engine.tasks.isFatal
import kotlinx.coroutines.CopyableThreadContextElement
import kotlinx.coroutines.CoroutineExceptionHandler
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.DelicateCoroutinesApi
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.job
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext

/** The coroutines that live as long as a loop. Any thread. */
internal class LoopScope(private val loop: LoopImpl) : CoroutineScope {
    override val coroutineContext: CoroutineContext =
        SupervisorJob() + Reporter() + OfLoop(loop, VarMap.EMPTY) + loop.dispatcher

    fun close() = coroutineContext.job.cancel(loopClosedCancellation())

    /** Ends what runs in this scope, and waits for it; nothing can be started in it afterwards. */
    suspend fun cancelAndJoin() {
        close()
        coroutineContext.job.join()
    }

    private inner class Reporter :
        AbstractCoroutineContextElement(CoroutineExceptionHandler),
        CoroutineExceptionHandler {
        override fun handleException(context: CoroutineContext, exception: Throwable) = loop.enqueue(Report(exception))
    }

    private inner class Report(private val exception: Throwable) :
        Intake.Node(),
        Undelivered {
        override fun run() = if (exception.isFatal) throw exception else tell()

        override fun loopClosed() = tell()

        private fun tell() {
            val report = ExceptionContext.builder("Unhandled exception in a coroutine of the loop's scope")
            loop.callExceptionHandler(report.exception(exception).build())
        }
    }

    override fun toString(): String = "LoopScope($loop)"
}

/** What a launched coroutine has on any thread: its loop, and a copy of the context variables of who launched it. */
@OptIn(DelicateCoroutinesApi::class, ExperimentalCoroutinesApi::class)
internal class OfLoop(
    @JvmField val loop: LoopImpl,
    override var vars: VarMap,
) :
    CopyableThreadContextElement<ContextCell>,
        ContextCell {
    override val key: CoroutineContext.Key<OfLoop> get() = Key

    override fun updateThreadContext(context: CoroutineContext): ContextCell = ThreadState.current().swapCell(this)

    override fun restoreThreadContext(context: CoroutineContext, oldState: ContextCell) {
        ThreadState.current().swapCell(oldState)
    }

    override fun copyForChild(): OfLoop = OfLoop(loop, ThreadState.currentCell.vars)

    override fun mergeForChild(overwritingElement: CoroutineContext.Element): CoroutineContext =
        (overwritingElement as OfLoop).copyForChild()

    companion object Key : CoroutineContext.Key<OfLoop>
}
