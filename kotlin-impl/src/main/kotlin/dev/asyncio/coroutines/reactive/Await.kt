package dev.asyncio.coroutines.reactive

import dev.asyncio.AsyncIterator
import dev.asyncio.engine.await.awaitSuspending
import dev.asyncio.engine.iteration.awaitClosing
import org.reactivestreams.Publisher

/**
 * The elements of this publisher, with back pressure: it is asked for one element for each `advance`. The first
 * subscribes, closing cancels. As [dev.asyncio.AsyncIterators.fromPublisher].
 */
public fun <T : Any> Publisher<out T>.asAsyncIterator(): AsyncIterator<T> = Publishers.iterate(this)

/**
 * This iterator as a publisher for one subscriber, with back pressure: it is advanced once for each element that was
 * asked for, in a task of the loop that runs now. As [dev.asyncio.AsyncIterators.toPublisher].
 *
 * @throws dev.asyncio.NoRunningLoopException if the calling thread runs no loop
 */
public fun <T : Any> AsyncIterator<out T>.asPublisher(): Publisher<T> = Publishers.fromIterator(this)

/**
 * Waits for the first element, and cancels the subscription; that of a `Mono`, which has only one, is left to end by
 * itself. Cancelling the caller cancels the subscription, too, and an element that comes in that moment is dropped. On
 * the loop.
 *
 * @throws NoSuchElementException if there is no element; and whatever the publisher fails with
 */
public suspend fun <T : Any> Publisher<out T>.awaitFirst(): T =
    awaitFirstOrNull() ?: throw NoSuchElementException("no element came from $this")

/** As [awaitFirst], but null if there is no element, as of a `Mono<Void>`. */
public suspend fun <T : Any> Publisher<out T>.awaitFirstOrNull(): T? = useElements(1) { elements ->
    if (awaitSuspending(elements.advance())) elements.current() else null
}

/**
 * Waits for the only element and the end. Cancelling the caller cancels the subscription, and an element that comes in
 * that moment is dropped. To give it back, as a connection of a pool, await the future that a `Mono` makes of itself.
 * On the loop.
 *
 * @throws NoSuchElementException if there is no element; and whatever the publisher fails with
 * @throws IllegalArgumentException as soon as there is a second element
 */
public suspend fun <T : Any> Publisher<out T>.awaitSingle(): T = useElements(2) { elements ->
    if (!awaitSuspending(elements.advance())) throw NoSuchElementException("no element came from $this")
    val element = elements.current()
    require(!awaitSuspending(elements.advance())) { "more than one element came from $this" }
    element
}

/** [batch] elements are asked for at once: not every publisher of a single one bears to be asked again. */
private suspend inline fun <T : Any, R> Publisher<out T>.useElements(batch: Long, use: (AsyncIterator<T>) -> R): R {
    val elements = elements<T>(batch)
    val result = try {
        use(elements)
    } catch (e: Throwable) {
        elements.refuse()
        throw e
    }
    awaitClosing(elements.close())
    return result
}
