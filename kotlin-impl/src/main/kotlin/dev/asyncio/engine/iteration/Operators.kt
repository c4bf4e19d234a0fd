package dev.asyncio.engine.iteration

import dev.asyncio.AsyncIterator
import dev.asyncio.Coroutine
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.awaitSuspending
import dev.asyncio.engine.await.steppingTask
import dev.asyncio.engine.internal.ElementIterator
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.engine.tasks.isCancellation
import dev.asyncio.engine.tasks.isOfTask
import dev.asyncio.engine.tasks.outOfBody
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.isActive
import kotlinx.coroutines.withContext
import java.util.Collections
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.coroutineContext

/*
 * The operators that call no code of the user and therefore need no stack.
 */

/** The first [left] elements of [source]. Loop thread only. */
internal class Take<T>(private val source: AsyncIterator<T>, private var left: Long) : AsyncIterator<T> {
    private var hasElement = false

    override fun advance(): Coroutine<Boolean> = Operation("$source.take") {
        hasElement = false
        if (left == 0L) {
            awaitSuspending(source.close())
        } else {
            hasElement = awaitSuspending(source.advance())
            if (hasElement) left--
        }
        hasElement
    }

    override fun current(): T {
        ElementIterator.requireElement(hasElement)
        return source.current()
    }

    override fun close(): Coroutine<Void?> = source.close()

    override fun toString(): String = "$source.take"
}

internal suspend fun <T> collectToList(source: AsyncIterator<T>): List<T> {
    val elements = ArrayList<T>()
    collect(source) { elements.add(it) }
    return Collections.unmodifiableList(elements)
}

/** Calls [action] with each element of [source], and closes that however it ends. */
internal suspend inline fun <T> collect(source: AsyncIterator<T>, action: (T) -> Unit) {
    try {
        while (awaitSuspending(source.advance())) action(source.current())
    } catch (e: Throwable) {
        closeAfter(e) { source.close() }
        throw e
    }
    awaitClosing(source.close())
}

/** Awaits the [close] of what is not used any more. A coroutine of kotlinx that is cancelled does so, too. */
internal suspend fun awaitClosing(close: Coroutine<*>) {
    val isTask = coroutineContext.steppingTask() != null
    if (isTask) awaitSuspending(close) else withContext(NonCancellable) { awaitSuspending(close) }
}

/** Awaits what [close] gives, because of [failure]: that is thrown afterwards, unless this throws what outranks it. */
internal suspend fun closeAfter(failure: Throwable, close: () -> Coroutine<*>) {
    try {
        coroutineContext.steppingTask()?.keepsCancellation()
        awaitClosing(close())
    } catch (e: Throwable) {
        val first = failure.outOfBody()
        val second = e.outOfBody()
        if (second === first) return
        if (e.outranks(failure, coroutineContext)) {
            e.addSuppressed(first)
            throw e
        }
        failure.addSuppressed(second)
    }
}

/**
 * What came first is thrown, but a cancellation and an [Error] must not get lost in the clean-up. Nor must anything
 * else if it began with a cancellation of nobody, from a flow whose collector has enough or a `withTimeout` further in.
 */
private fun Throwable.outranks(other: Throwable, context: CoroutineContext): Boolean = when {
    other is Error || other.isOfTask -> false
    this is Error || isCancellation -> true
    else -> other.isCancellation && (context is TaskImpl<*> || context.isActive)
}
