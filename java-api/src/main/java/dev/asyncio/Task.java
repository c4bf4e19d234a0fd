package dev.asyncio;

import dev.asyncio.spi.Engine;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that runs on a loop, beside others; asyncio's {@code Task}.
 *
 * <p>A task is a future whose outcome is that of its coroutine: the result, the exception, or a cancellation if {@link
 * CancelledError} leaves the body. Its body starts in the loop's next iteration, unless it is started eagerly ({@link
 * TaskOptions#withEagerStart}). A task that runs is kept alive by its loop.
 *
 * <p>{@link #cancel(String)} asks for a cancellation: the error is thrown once, at the await where the task is or at
 * the next one, and what the task awaits is cancelled first. {@link #cancelling()} counts the requests; code that
 * catches {@link CancelledError} and carries on calls {@link #uncancel()}.
 *
 * <p>Made by {@link Asyncio#createTask(Coroutine)}, {@link EventLoop#createTask(Coroutine)} and {@link
 * TaskGroup#createTask(Coroutine)}. <b>Thread:</b> the loop's.
 *
 * @param <T> the type of the result
 */
public interface Task<T extends @Nullable Object> extends Future<T> {
    /**
     * Makes a task without asking the loop's {@linkplain EventLoop#setTaskFactory task factory}; asyncio's {@code Task}
     * constructor. For task factories; others call {@code createTask}.
     *
     * @param loop drives the task
     * @param coroutine the body
     * @param options name, context and start
     * @param <T> the type of the result
     * @return the task, scheduled or, if it was to start eagerly, run up to its first suspension
     * @throws IllegalStateException if the loop is closed
     */
    static <T extends @Nullable Object> Task<T> create(EventLoop loop, Coroutine<T> coroutine, TaskOptions options) {
        Objects.requireNonNull(loop, "loop");
        Objects.requireNonNull(coroutine, "coroutine");
        Objects.requireNonNull(options, "options");
        return Engine.get().newTask(loop, coroutine, options);
    }

    /**
     * The name; asyncio's {@code get_name}. <b>Thread:</b> any.
     *
     * @return what was given, else {@code Task-} and a number
     */
    String getName();

    /**
     * Renames the task; asyncio's {@code set_name}.
     *
     * @param name the name, which need not be unique
     */
    void setName(String name);

    /**
     * The body; asyncio's {@code get_coro}.
     *
     * @return the coroutine, or null if the task was started eagerly and ended without suspending
     */
    @Nullable Coroutine<T> getCoroutine();

    /**
     * The context in which the body runs; asyncio's {@code get_context}.
     *
     * @return the context itself
     */
    Context getContext();

    /**
     * How many cancellations were requested and not {@linkplain #uncancel() taken back}; asyncio's {@code cancelling}.
     *
     * @return the count
     */
    int cancelling();

    /**
     * Takes one request for cancellation back; asyncio's {@code uncancel}.
     *
     * <p>For code that asked for the cancellation, or that ends it. When the count falls to zero, a cancellation that
     * was requested but not yet thrown is withdrawn.
     *
     * @return how many requests are left
     */
    int uncancel();

    /**
     * Where the task is; asyncio's {@code get_stack}.
     *
     * @return the frames, innermost last; of a task that failed, those of its exception; empty if it ended otherwise
     */
    List<StackTraceElement> getStack();

    /**
     * Prints {@link #getStack()}, and the exception if there is one, to {@link System#err}; asyncio's {@code
     * print_stack}.
     */
    void printStack();
}
