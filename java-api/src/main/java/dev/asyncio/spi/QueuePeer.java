package dev.asyncio.spi;

import dev.asyncio.AsyncIterator;
import dev.asyncio.Coroutine;
import org.jspecify.annotations.Nullable;

/** The engine's side of a {@link dev.asyncio.queues.Queue}. */
public interface QueuePeer<T extends @Nullable Object> {
    Coroutine<@Nullable Void> put(T item);

    Coroutine<T> get();

    void putNowait(T item);

    T getNowait();

    int qsize();

    boolean empty();

    boolean full();

    int maxsize();

    void taskDone();

    Coroutine<@Nullable Void> join();

    void shutdown(boolean immediate);

    AsyncIterator<T> items();
}
