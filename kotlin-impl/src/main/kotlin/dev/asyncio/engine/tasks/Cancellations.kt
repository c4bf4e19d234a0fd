package dev.asyncio.engine.tasks

import dev.asyncio.CancelledError
import dev.asyncio.KeyboardInterrupt
import java.util.concurrent.CancellationException

/*
 * The engine speaks of a cancellation as CancelledError. Kotlin bodies see kotlinx's CancellationException instead:
 * what goes into a suspended Kotlin body is converted one way, what comes out of Kotlin code into a Java body the
 * other way.
 */

/** What a Kotlin body sees of a [CancelledError]; remembers it, so that a round trip ends with the same object. */
internal class CancelledInBody(
    @JvmField val error: CancelledError,
) : CancellationException(error.message) {
    init {
        error.cause?.let(::initCause)
    }

    // Where the task waited is in the stack of the body; the engine's own frames say nothing.
    override fun fillInStackTrace(): Throwable = this
}

internal val Throwable.isCancellation: Boolean get() = this is CancelledError || this is CancellationException

/** This error as Java code sees it: a [CancellationException] becomes a [CancelledError], message and cause kept. */
internal fun Throwable.asCancelledError(): Throwable = when (this) {
    is CancelledInBody -> error
    is CancellationException -> CancelledError(message).also { converted ->
        cause?.let(converted::initCause)
        converted.stackTrace = stackTrace
    }
    else -> this
}

/** This error as Kotlin code sees it. */
internal fun Throwable.asCancellationException(): Throwable =
    if (this is CancelledError) CancelledInBody(this) else this

/** What was said with the cancellation of a Job: kinds of kotlinx's own have a text that nobody said. */
internal val Throwable.cancelMessage: String?
    get() = if (this is CancelledInBody || javaClass == CancellationException::class.java) message else null

/** Errors that are stored in the task and also leave the loop, as KeyboardInterrupt and SystemExit do in asyncio. */
internal val Throwable.isFatal: Boolean
    get() = this is KeyboardInterrupt || (this is VirtualMachineError && this !is StackOverflowError)
