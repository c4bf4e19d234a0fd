package dev.asyncio.vertx

import dev.asyncio.AsyncIterator
import dev.asyncio.AsyncIterators
import io.vertx.core.streams.ReadStream
import java.util.concurrent.Flow

/** Streams of Vert.x for bodies on a loop. Needs `io.vertx:vertx-core`. */
public object VertxStreams {
    /**
     * The elements of a stream, with back pressure: the stream is paused at once, and asked for one element for each
     * `advance`. Where elements are lost unless somebody listens, as those of a request or a web socket, call it before
     * the handler returns to which Vert.x gave the stream, and hand the iterator to the loop.
     *
     * The iterator's `advance` throws what the stream fails with. Closing it takes its handlers off the stream and
     * leaves the stream paused.
     */
    @JvmStatic
    public fun <T : Any> iterate(stream: ReadStream<T>): AsyncIterator<T> {
        stream.pause()
        return AsyncIterators.fromPublisher(StreamPublisher(stream))
    }
}

/** A paused stream, for the one subscriber that an iterator is. */
private class StreamPublisher<T : Any>(private val stream: ReadStream<T>) : Flow.Publisher<T> {
    override fun subscribe(subscriber: Flow.Subscriber<in T>) {
        subscriber.onSubscribe(object : Flow.Subscription {
            override fun request(n: Long) {
                stream.fetch(n)
            }

            override fun cancel() {
                stream.handler(null).endHandler(null).exceptionHandler(null)
            }
        })
        stream.exceptionHandler(subscriber::onError)
        stream.endHandler { subscriber.onComplete() }
        stream.handler(subscriber::onNext)
    }
}
