package dev.asyncio.engine.tasks

import dev.asyncio.CancelledError
import dev.asyncio.KeyboardInterrupt
import java.util.concurrent.CancellationException

/*
 * The engine speaks of a cancellation as CancelledError. Kotlin bodies see kotlinx's CancellationException instead:
 * what goes into a suspended Kotlin body is converted one way, what comes out of Kotlin code into a Java body the
 * other way. In Java code and in futures a CancellationException is a failure like any other, and stays one.
 */

/** What a Kotlin body sees of an [error]; remembers it, so that a round trip ends with the same object. */
internal sealed class SeenInBody(private val error: Throwable) : CancellationException(error.message) {
    init {
        error.cause?.let(::initCause)
        addSuppressedOf(error)
    }

    /** The error itself, with what has failed on the way through the body. */
    fun original(): Throwable = error.also { it.addSuppressedOf(this) }

    // Where the task waited is in the stack of the body; the engine's own frames say nothing.
    override fun fillInStackTrace(): Throwable = this

    // Whoever reads a stack trace knows this name, and not the engine's own.
    override fun toString(): String = CancellationException::class.java.name + (message?.let { ": $it" } ?: "")
}

/** A cancellation. */
internal class CancelledInBody(error: CancelledError) : SeenInBody(error)

/** A failure, though it is of the kind that is a cancellation in Kotlin. */
internal class FailedInBody(error: CancellationException) : SeenInBody(error) {
    init {
        stackTrace = error.stackTrace
    }
}

internal val Throwable.isCancellation: Boolean
    get() = this is CancelledError || (this is CancellationException && this !is FailedInBody)

/**
 * Whether this is the cancellation of a task, or of a future that it awaited. The kinds that kotlinx has for itself, as
 * for `withTimeout` or a flow whose collector has enough, are not: they end a block and nothing else.
 */
internal val Throwable.isOfTask: Boolean get() = this is CancelledError || this is CancelledInBody

/** This error of Kotlin code as Java code sees it: a [CancellationException] becomes a [CancelledError]. */
internal fun Throwable.asCancelledError(): Throwable = when (this) {
    is SeenInBody -> original()
    is CancellationException -> CancelledError(message).also { converted ->
        cause?.let(converted::initCause)
        converted.stackTrace = stackTrace
        converted.addSuppressedOf(this)
    }
    else -> this
}

/** This error of Java code, or of a future, as Kotlin code sees it. */
internal fun Throwable.asCancellationException(): Throwable = when (this) {
    is CancelledError -> CancelledInBody(this)
    is CancellationException -> FailedInBody(this)
    else -> this
}

/** Calls Java code out of Kotlin code, which sees what is thrown as its own kind. */
internal inline fun <R> callJava(call: () -> R): R = try {
    call()
} catch (e: Throwable) {
    throw e.asCancellationException()
}

/** Calls the engine's own code for code of either language: what Java code throws below comes out as it was. */
internal inline fun <R> calledByUser(call: () -> R): R = try {
    call()
} catch (e: SeenInBody) {
    throw e.original()
}

/** This error as it was before Kotlin code saw it. */
internal fun Throwable.outOfBody(): Throwable = if (this is SeenInBody) original() else this

private fun Throwable.addSuppressedOf(other: Throwable) {
    for (seen in other.suppressed) {
        val error = seen.outOfBody()
        if (error !== this && error !in suppressed) addSuppressed(error)
    }
}

/** What was said with the cancellation of a Job: kinds of kotlinx's own have a text that nobody said. */
internal val Throwable.cancelMessage: String?
    get() = if (this is CancelledInBody || javaClass == CancellationException::class.java) message else null

/** Errors that are stored in the task and also leave the loop, as KeyboardInterrupt and SystemExit do in asyncio. */
internal val Throwable.isFatal: Boolean
    get() = this is KeyboardInterrupt || (this is VirtualMachineError && this !is StackOverflowError)
