package dev.asyncio.spi;

import dev.asyncio.Coroutine;
import dev.asyncio.Task;
import dev.asyncio.TaskOptions;
import org.jspecify.annotations.Nullable;

/** The engine's side of a {@link dev.asyncio.TaskGroup}. */
public interface TaskGroupPeer {
    <T extends @Nullable Object> Coroutine<T> enter(Coroutine<T> body);

    <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine, TaskOptions options);

    /** Enters the group at once, for try-with-resources. */
    void open();

    Coroutine<@Nullable Void> join();

    /** Cancels what is left and waits for it; the one suspending call that is not written as an await. */
    void close();

    void cancel();
}
