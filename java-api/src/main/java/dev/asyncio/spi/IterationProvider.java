package dev.asyncio.spi;

import dev.asyncio.AsyncIterator;
import dev.asyncio.Coroutine;
import dev.asyncio.GeneratorBody;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** What the engine does for {@link AsyncIterator} and {@link dev.asyncio.AsyncIterators}. */
public interface IterationProvider {
    /** What an iterator without a clean-up does when it is closed. */
    Coroutine<@Nullable Void> nothing();

    <T extends @Nullable Object> AsyncIterator<T> generate(GeneratorBody<T> body);

    <T extends @Nullable Object> AsyncIterator<T> take(AsyncIterator<T> source, long count);

    <T extends @Nullable Object> Coroutine<List<T>> toList(AsyncIterator<T> source);

    <T> AsyncIterator<T> fromPublisher(Flow.Publisher<? extends T> publisher);

    <T> Flow.Publisher<T> toPublisher(AsyncIterator<? extends T> iterator);
}
