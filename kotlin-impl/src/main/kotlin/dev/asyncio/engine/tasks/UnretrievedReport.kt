package dev.asyncio.engine.tasks

import dev.asyncio.ExceptionContext
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.debug.origin
import java.lang.ref.PhantomReference
import java.lang.ref.ReferenceQueue

/**
 * Reports a failed future that was collected before anybody asked for its exception: a phantom reference, so that no
 * future needs a finalizer. Holds the exception and a description, never the future. Loop thread only, but for
 * [retrieved].
 */
internal class UnretrievedReport private constructor(
    future: FutureImpl<*>,
    private val exception: Throwable,
    private val origin: Array<StackTraceElement>?,
    private val reports: Reports,
) : PhantomReference<FutureImpl<*>>(future, reports.queue) {
    private val kind = if (future is TaskImpl<*>) "Task" else "Future"
    private val name = (future as? TaskImpl<*>)?.name

    /** Any thread: one that waits for a future may look at it while the loop does not run. */
    fun retrieved() {
        clear()
        reports.remove(this)
    }

    private fun report(loop: LoopImpl) {
        val context = ExceptionContext.builder("$kind exception was never retrieved").exception(exception)
        if (name != null) context.extra("task_name", name)
        loop.callExceptionHandler(context.origin(origin).build())
    }

    /** The reports of one loop. */
    class Reports {
        val queue = ReferenceQueue<FutureImpl<*>>()
        private val pending = LinkedHashSet<UnretrievedReport>()

        fun add(report: UnretrievedReport) {
            synchronized(pending) { pending.add(report) }
        }

        /** False if it was not there. */
        fun remove(report: UnretrievedReport): Boolean = synchronized(pending) { pending.remove(report) }

        /** Reports what was collected. */
        fun poll(loop: LoopImpl) {
            if (pending.isEmpty()) return // once in each iteration, so without the lock; only this thread adds any
            while (true) {
                val report = queue.poll() as UnretrievedReport? ?: return
                if (remove(report)) report.report(loop)
            }
        }

        /** Reports what is left when the loop closes: nobody will look at it any more. */
        fun close(loop: LoopImpl) {
            while (true) {
                val left = takeAll().ifEmpty { return }
                left.forEach { it.report(loop) }
            }
        }

        private fun takeAll() = synchronized(pending) { pending.toList().also { pending.clear() } }
    }

    companion object {
        fun create(future: FutureImpl<*>, exception: Throwable, origin: Array<StackTraceElement>?): UnretrievedReport {
            val reports = future.loop.unretrieved
            return UnretrievedReport(future, exception, origin, reports).also(reports::add)
        }
    }
}
