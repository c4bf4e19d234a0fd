package dev.asyncio.engine.debug

import dev.asyncio.Coroutine
import dev.asyncio.ExceptionContext
import dev.asyncio.Handle
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.context.ContextCell
import dev.asyncio.engine.loop.HandleImpl
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.engine.tasks.isFatal
import java.util.logging.Level
import java.util.logging.LogRecord
import java.util.logging.Logger

/** What a loop says about programs that go wrong, to the logger `asyncio`. */
internal class Diagnostics(private val loop: LoopImpl) {
    /** Debug mode: a callback or step that takes at least this long is reported. */
    @Volatile var slowNanos: Long = DEFAULT_SLOW_NANOS

    fun reportIfSlow(what: Any, nanos: Long) {
        if (nanos < slowNanos) return
        LOGGER.log(Level.WARNING, "Executing {0} took {1} seconds", arrayOf(what, "%.3f".format(nanos / 1e9)))
    }

    /** [code], a task or a block of its body, whose result is a coroutine has most likely forgotten to await it. */
    fun warnOfColdResult(task: TaskImpl<*>, result: Any?, code: Any = task) {
        if (result !is Coroutine<*>) return
        val message =
            "$code returned $result, a coroutine that nobody has awaited so far; unless somebody is to do so " +
                "later, await it inside of the task"
        report(message, task)
    }

    /** Clean-up after a cancellation may await; whoever goes on for good says so by uncancel(). */
    fun warnOfSwallowedCancellation(task: TaskImpl<*>) {
        val message = "$task was cancelled, caught it and awaits again; unless that is clean-up before it ends, " +
            "it has to call uncancel(), or timeouts and groups around it will not work"
        report(message, task)
    }

    fun reportDestroyed(task: TaskImpl<*>) = report("Task was destroyed but it is pending!", task)

    private fun report(message: String, task: TaskImpl<*>) =
        loop.callExceptionHandler(ExceptionContext.builder(message).task(task).origin(task.origin).build())

    /** [handle], or the step of a task that it stands for, has thrown [error] in the context [own]. */
    fun callbackFailed(handle: Any, own: ContextCell, error: Throwable) {
        val task = own as? TaskImpl<*>
        val origin = if (handle is HandleImpl) handle.origin else task?.origin
        val report = ExceptionContext.builder("Exception in callback $handle").exception(error).task(task)
        loop.callExceptionHandler(report.handle(handle as? Handle).origin(origin).build())
    }

    /** The default exception handler. */
    fun log(context: ExceptionContext) {
        val text = StringBuilder(context.message().ifEmpty { "Unhandled exception in event loop" })
        for ((key, value) in fields(context).toSortedMap()) {
            text.append('\n').append(key).append(": ").append(render(value))
        }
        val record = LogRecord(Level.SEVERE, text.toString())
        record.loggerName = LOGGER.name
        record.thrown = context.exception()
        LOGGER.log(record)
    }

    /** Whatever goes wrong in logging does not reach the loop. */
    fun logSafely(context: ExceptionContext) {
        try {
            loop.defaultExceptionHandler(context)
        } catch (e: Throwable) {
            if (e.isFatal) throw e
            logFailure(e)
        }
    }

    private fun logFailure(error: Throwable) {
        try {
            LOGGER.log(Level.SEVERE, "Exception in default exception handler", error)
        } catch (e: Throwable) {
            if (e.isFatal) throw e // else it is the log that fails: there is nobody left to tell
        }
    }

    private fun fields(context: ExceptionContext): Map<String, Any> {
        val fields = HashMap<String, Any>(context.extras())
        context.future()?.let { fields["future"] = it }
        context.task()?.let { fields["task"] = it }
        context.handle()?.let { fields["handle"] = it }
        return fields
    }

    private fun render(value: Any): String =
        if (value is List<*>) value.joinToString(separator = "") { "\n  at $it" } else value.toString()

    /** Where the calling code makes something: at most [ORIGIN_FRAMES] frames outside of the SDK. */
    fun captureOrigin(): Array<StackTraceElement> =
        Throwable().stackTrace.dropWhile { it.isOfSdk }.take(ORIGIN_FRAMES).toTypedArray()

    companion object {
        private const val DEFAULT_SLOW_NANOS = 100_000_000L
        private const val ORIGIN_FRAMES = 10
        private const val PROPERTY = "dev.asyncio.debug"
        private const val VARIABLE = "DEV_ASYNCIO_DEBUG"

        /** The facade's own package and the packages of the SDK below it; what else lies there is a user's or a sample's. */
        private val SDK =
            Regex(
                "dev\\.asyncio\\.([A-Z].*|" +
                    "(coroutines|engine|files|queues|spi|streams|subprocess|sync|testing|vertx)\\..*)",
            )

        private val StackTraceElement.isOfSdk: Boolean get() = SDK.matches(className)

        private val LOGGER = Logger.getLogger("asyncio")

        /** By the system property `dev.asyncio.debug` or the environment variable `DEV_ASYNCIO_DEBUG`. */
        val debugByDefault: Boolean
            get() = java.lang.Boolean.getBoolean(PROPERTY) || !System.getenv(VARIABLE).isNullOrEmpty()
    }
}

/** Where that to which it happened was made, in debug mode. */
internal fun ExceptionContext.Builder.origin(frames: Array<StackTraceElement>?): ExceptionContext.Builder =
    if (frames == null) this else extra("source_traceback", frames.toList())
