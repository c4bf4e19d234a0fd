package dev.asyncio.engine

import dev.asyncio.AsyncIterator
import dev.asyncio.Coroutine
import dev.asyncio.GeneratorBody
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.QuickOperation
import dev.asyncio.engine.interop.IteratorPublisher
import dev.asyncio.engine.interop.PublisherIterator
import dev.asyncio.engine.iteration.GeneratorImpl
import dev.asyncio.engine.iteration.Take
import dev.asyncio.engine.iteration.collectToList
import dev.asyncio.spi.IterationProvider
import java.util.concurrent.Flow

/** Makes iterators. Thread-safe; what it makes is not. */
internal object IterationFactory : IterationProvider {
    override fun nothing(): Coroutine<Void?> = NothingToDo

    override fun <T> generate(body: GeneratorBody<T>): AsyncIterator<T> = GeneratorImpl(body)

    override fun <T> take(source: AsyncIterator<T>, count: Long): AsyncIterator<T> = Take(source, count)

    override fun <T> toList(source: AsyncIterator<T>): Coroutine<List<T>> = Operation("toList") {
        collectToList(source)
    }

    override fun <T : Any> fromPublisher(publisher: Flow.Publisher<out T>): AsyncIterator<T> = PublisherIterator(
        publisher,
    )

    override fun <T : Any> toPublisher(iterator: AsyncIterator<out T>): Flow.Publisher<T> =
        IteratorPublisher(runningLoop(), iterator)

    private object NothingToDo : QuickOperation<Void?>() {
        override fun now(): Any? = null

        override suspend fun later(): Void? = null

        override fun toString(): String = "nothing"
    }
}
