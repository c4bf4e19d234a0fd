package dev.asyncio.coroutines.reactive

import dev.asyncio.AsyncIterator
import dev.asyncio.AsyncIterators
import dev.asyncio.Coroutine
import dev.asyncio.engine.await.KotlinCoroutine
import dev.asyncio.engine.interop.PublisherIterator
import org.reactivestreams.FlowAdapters
import org.reactivestreams.Publisher

/**
 * Publishers of reactive-streams (Reactor, RxJava, R2DBC…) for Java code. Needs `org.reactivestreams:reactive-streams`,
 * which these libraries bring. For those of `java.util.concurrent.Flow` see [AsyncIterators].
 */
public object Publishers {
    /**
     * The elements of a publisher, with back pressure: it is asked for one element for each `advance`. As
     * [AsyncIterators.fromPublisher]; but a `Mono` is asked once, and not cancelled after its element.
     */
    @JvmStatic
    public fun <T : Any> iterate(publisher: Publisher<out T>): AsyncIterator<T> =
        publisher.elements(1)

    /**
     * An iterator as a publisher for one subscriber, with back pressure: it is advanced once for each element that was
     * asked for, in a task of the loop that runs now. As [AsyncIterators.toPublisher].
     *
     * @throws dev.asyncio.NoRunningLoopException if the calling thread runs no loop
     */
    @JvmStatic
    public fun <T : Any> fromIterator(iterator: AsyncIterator<out T>): Publisher<T> =
        FlowAdapters.toPublisher(AsyncIterators.toPublisher(iterator))

    /**
     * Waits for the first element, and cancels the subscription; that of a `Mono`, which has only one, is left to end
     * by itself. Each await subscribes afresh; cancelling it cancels the subscription, and drops an element that comes in
     * that moment. It throws what the publisher fails with, and [NoSuchElementException] if there is no element.
     */
    @JvmStatic
    public fun <T : Any> first(publisher: Publisher<T>): Coroutine<T> = KotlinCoroutine { publisher.awaitFirst() }

    /** As [first], but null if there is no element, as of a `Mono<Void>`. */
    @JvmStatic
    public fun <T : Any> firstOrNull(publisher: Publisher<T>): Coroutine<T?> =
        KotlinCoroutine { publisher.awaitFirstOrNull() }

    /**
     * Waits for the only element and the end. As [first], but it throws [IllegalArgumentException] as soon as there is a
     * second element.
     */
    @JvmStatic
    public fun <T : Any> single(publisher: Publisher<T>): Coroutine<T> = KotlinCoroutine { publisher.awaitSingle() }
}

/** The elements, asked for so many at a time; a Mono's only one is asked for once. */
internal fun <T : Any> Publisher<out T>.elements(batch: Long): PublisherIterator<T> {
    val publisher = FlowAdapters.toFlowPublisher(this)
    return if (isMono) PublisherIterator(publisher, Long.MAX_VALUE, true) else PublisherIterator(publisher, batch)
}

/** Whether this is one of Reactor, which need not be there. */
private val Publisher<*>.isMono: Boolean
    get() = generateSequence<Class<*>>(javaClass) { it.superclass }.any { it.name == "reactor.core.publisher.Mono" }
