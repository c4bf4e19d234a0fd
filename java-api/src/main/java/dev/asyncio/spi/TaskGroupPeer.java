package dev.asyncio.spi;

import dev.asyncio.Coroutine;
import dev.asyncio.Task;
import dev.asyncio.TaskOptions;
import org.jspecify.annotations.Nullable;

/** The engine's side of a {@link dev.asyncio.TaskGroup}. */
public interface TaskGroupPeer {
    /**
     * See {@link dev.asyncio.TaskGroup#enter(Coroutine)}.
     *
     * @param body the block
     * @param <T> the type of the result
     * @return a cold coroutine
     */
    <T extends @Nullable Object> Coroutine<T> enter(Coroutine<T> body);

    /**
     * See {@link dev.asyncio.TaskGroup#createTask(Coroutine, TaskOptions)}.
     *
     * @param coroutine the body
     * @param options name, context and start
     * @param <T> the type of the result
     * @return the task
     */
    <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine, TaskOptions options);

    /** Enters the group at once, for try-with-resources. */
    void open();

    /**
     * See {@link dev.asyncio.TaskGroup#join()}.
     *
     * @return a cold coroutine
     */
    Coroutine<@Nullable Void> join();

    /** Cancels what is left and waits for it; the one suspending call that is not written as an await. */
    void close();

    /** See {@link dev.asyncio.TaskGroup#cancel()}. */
    void cancel();
}
