package dev.asyncio.iteration

import dev.asyncio.AsyncIterator
import dev.asyncio.AsyncIterators
import dev.asyncio.Asyncio
import dev.asyncio.Emitter
import dev.asyncio.support.Body
import dev.asyncio.support.Face
import dev.asyncio.support.Trace
import dev.asyncio.support.s

/** Generators with bodies of Java code, and consumers of one face. */
abstract class GeneratorFixture(private val face: Face) {
    protected val trace = Trace()

    /** The body of a generator is Java code whoever consumes it, and takes a stack. */
    protected fun play(main: suspend Body.() -> Unit) = face.run(usesJava = true, main)

    protected fun <T> generate(body: (Emitter<T>) -> Unit): AsyncIterator<T> = AsyncIterators.generate { body(it) }

    protected fun pause(seconds: Int) {
        Asyncio.await(Asyncio.sleep(seconds.s))
    }

    protected fun counter(to: Int) = generate<Int> { emitter ->
        try {
            for (i in 1..to) {
                trace.add("emit $i")
                emitter.emit(i)
            }
            trace.add("end")
        } finally {
            trace.add("finally")
        }
    }

    protected suspend fun <T> Body.each(iterator: AsyncIterator<T>, action: suspend (T) -> Unit) {
        while (await(iterator.advance())) action(iterator.current())
    }
}
