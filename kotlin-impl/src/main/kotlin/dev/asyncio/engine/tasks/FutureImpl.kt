package dev.asyncio.engine.tasks

import dev.asyncio.CancelledError
import dev.asyncio.Context
import dev.asyncio.EventLoop
import dev.asyncio.Future
import dev.asyncio.InvalidStateException
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.loop.ReadyItem
import dev.asyncio.engine.loop.readyItem
import java.util.concurrent.CompletableFuture
import java.util.function.Consumer

/**
 * asyncio's Future. Loop thread only.
 *
 * ```
 * PENDING --set_result--> FINISHED     value: the result
 *         --set_exception--> FAILED    value: the exception
 *         --cancel--> CANCELLED        value: the message, or the error that ended the task, or null
 * ```
 * No state is left once it is not PENDING. Waiting tasks and done-callbacks share one list, in order of registration;
 * on completion each is queued on the loop, none is called.
 */
internal open class FutureImpl<T>(
    @JvmField val loop: LoopImpl,
) : ReadyItem(),
    Future<T> {
    // Of the smallest types that do, here and in tasks: a program may hold millions of them.
    private var state: Byte = PENDING
    private var value: Any? = null

    /** While pending: null, one [ReadyItem] or a [CallbackList] of some. Afterwards: null or an [UnretrievedReport]. */
    private var callbacks: Any? = null

    /** Where it was made, in debug mode. */
    @JvmField val origin: Array<StackTraceElement>? = if (loop.debug) loop.captureOrigin() else null

    val isPending: Boolean get() = state == PENDING
    val isFailed: Boolean get() = state == FAILED
    val hasResult: Boolean get() = state == FINISHED

    /** For those that stand in the ready queue themselves. */
    override fun run(): Unit = throw IllegalStateException("$this is not a handle")

    override fun done(): Boolean = state != PENDING

    override fun cancelled(): Boolean = state == CANCELLED

    override fun cancel(message: String?): Boolean {
        loop.checkThread()
        markRetrieved()
        if (state != PENDING) return false
        complete(CANCELLED, message)
        return true
    }

    override fun result(): T = when (state) {
        FINISHED -> unsafeValue()
        PENDING -> throw InvalidStateException("Result is not ready.")
        else -> throw takeFailure()
    }

    override fun exception(): Throwable? = when (state) {
        FINISHED -> null
        FAILED -> takeFailure()
        PENDING -> throw InvalidStateException("Exception is not set.")
        else -> throw takeFailure()
    }

    override fun setResult(result: T) {
        loop.checkThread()
        if (state != PENDING) throw InvalidStateException("$stateName: $this")
        complete(FINISHED, result)
    }

    override fun setException(exception: Throwable) {
        // Only in Kotlin code is a CancellationException a cancellation.
        val ofKotlin = exception is SeenInBody || loop.inKotlinBody
        setFailure(if (ofKotlin) exception.asCancelledError() else exception)
    }

    /** [setException] with an error as futures hold it. */
    fun setFailure(error: Throwable) {
        loop.checkThread()
        if (state != PENDING) throw InvalidStateException("$stateName: $this")
        fail(error)
    }

    override fun addDoneCallback(callback: Consumer<in Future<T>>, context: Context?) {
        loop.checkThread()
        addCallback(DoneCallback(this, callback, context))
    }

    override fun removeDoneCallback(callback: Consumer<in Future<T>>): Int =
        removeCallbacks { it is DoneCallback<*> && it.callback === callback }

    override fun getLoop(): EventLoop = loop.face

    override fun toCompletableFuture(): CompletableFuture<T> = loop.mirror(this)

    // ---- for the engine

    /** Queues [callback] when this future is done, or now if it is. */
    fun addCallback(callback: ReadyItem) {
        if (state != PENDING) {
            loop.addReady(handleOf(callback))
            return
        }
        when (val present = callbacks) {
            null -> callbacks = callback
            is CallbackList -> present.add(callback)
            else -> callbacks = CallbackList().apply {
                add(present as ReadyItem)
                add(callback)
            }
        }
    }

    /** Adds [callback], unless it is the one that was added last. */
    fun addCallbackOnce(callback: FutureCallback): Boolean {
        val present = callbacks
        val last = if (present is CallbackList) present[present.size - 1] else present
        return (last !== callback).also { if (it) addCallback(callback) }
    }

    fun removeCallback(callback: ReadyItem) {
        removeCallbacks { it === callback }
    }

    private inline fun removeCallbacks(crossinline matches: (ReadyItem) -> Boolean): Int {
        if (state != PENDING) return 0
        val present = callbacks ?: return 0
        if (present is CallbackList) {
            val before = present.size
            present.removeAll { matches(it) }
            if (present.isEmpty()) callbacks = null
            return before - present.size
        }
        if (!matches(present as ReadyItem)) return 0
        callbacks = null
        return 1
    }

    /** A future that is done, as an exception or as its value; a cancelled one gives [CancelledError]. */
    fun failureOrNull(): Throwable? = if (state == FINISHED) null else takeFailure()

    /** The result of a future that is FINISHED. */
    @Suppress("UNCHECKED_CAST")
    fun unsafeValue(): T = value as T

    /** The message of a cancelled future, as gather shows it; consumes nothing. */
    fun cancelMessage(): String? = value as? String

    /**
     * The error of a future that is cancelled or failed; it counts as retrieved. The error that ended a cancelled
     * task is given to the first who asks and to nobody else, as in CPython.
     */
    fun takeFailure(): Throwable {
        val held = value
        if (state == FAILED) {
            markRetrieved()
            return held as Throwable
        }
        if (held is Throwable) {
            value = null
            return held.asCancelledError()
        }
        return CancelledError(held as String?)
    }

    /** The error of a cancellation that went through this future, whatever has become of it. */
    open fun makeCancelledError(): Throwable = if (state == CANCELLED) takeFailure() else CancelledError()

    /** The exception of a failed future, without counting as having retrieved it. */
    fun peekFailure(): Throwable = value as Throwable

    fun fail(exception: Throwable) {
        try {
            complete(FAILED, exception)
        } finally {
            // Also where a loop is attached to somebody who does not take what is ready.
            callbacks = UnretrievedReport.create(this, exception, origin)
        }
    }

    protected fun complete(state: Byte, value: Any?) {
        this.state = state
        this.value = value
        val present = callbacks ?: return
        callbacks = null
        loop.takeIn()
        val ready = loop.ready
        if (present is CallbackList) {
            for (i in 0 until present.size) ready.put(handleOf(present[i]))
            ready.announce()
        } else {
            ready.add(handleOf(present as ReadyItem))
        }
    }

    private fun handleOf(callback: ReadyItem): ReadyItem =
        if (callback is FutureCallback) callback.handleOf(this) else callback

    /** Keeps the loop's exception handler from being told of an exception that somebody has seen. */
    fun markRetrieved() {
        val report = callbacks as? UnretrievedReport ?: return
        callbacks = null
        report.retrieved()
    }

    private class CallbackList : ArrayList<ReadyItem>(4)

    protected val stateName: String
        get() = when (state) {
            PENDING -> "PENDING"
            CANCELLED -> "CANCELLED"
            else -> "FINISHED"
        }

    /** What the text of one that is pending begins with. */
    protected open val pendingName: String get() = "pending"

    override fun toString(): String = "<Future ${describeState()}>"

    /** State and outcome, never that of what stands in them: a result may hold this future. */
    protected fun describeState(): String = when (state) {
        PENDING -> pendingName + when (val present = callbacks) {
            null -> ""
            is CallbackList -> " callbacks=${present.size}"
            else -> " callbacks=1"
        }
        CANCELLED -> "cancelled"
        FAILED -> "finished exception=${value?.javaClass?.simpleName}"
        else -> "finished result=${describe(value)}"
    } + (origin?.firstOrNull()?.let { " created at $it" } ?: "")

    protected companion object {
        const val PENDING: Byte = 0
        const val FINISHED: Byte = 1
        const val FAILED: Byte = 2
        const val CANCELLED: Byte = 3

        fun describe(value: Any?): String = when (value) {
            null, is Number, is Boolean -> value.toString()
            is CharSequence -> if (value.length <= 40) "'$value'" else "'${value.take(40)}…'"
            else -> value.javaClass.simpleName
        }
    }
}

/** Queues [action] when this future is done, or now if it is. */
internal inline fun FutureImpl<*>.whenDone(crossinline action: () -> Unit) = addCallback(readyItem(action))

/** A callback that is asked for its handle once a future is done: itself, unless something of that has to be kept. */
internal abstract class FutureCallback : ReadyItem() {
    abstract fun handleOf(future: FutureImpl<*>): ReadyItem
}
