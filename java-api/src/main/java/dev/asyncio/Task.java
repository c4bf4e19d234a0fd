package dev.asyncio;

import dev.asyncio.spi.Engine;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine that the loop drives; asyncio's {@code Task}.
 *
 * @param <T> the type of the result
 */
public interface Task<T extends @Nullable Object> extends Future<T> {
    /** Makes a task without asking the loop's task factory; asyncio's {@code Task} constructor. */
    static <T extends @Nullable Object> Task<T> create(EventLoop loop, Coroutine<T> coroutine, TaskOptions options) {
        Objects.requireNonNull(loop, "loop");
        Objects.requireNonNull(coroutine, "coroutine");
        Objects.requireNonNull(options, "options");
        return Engine.get().newTask(loop, coroutine, options);
    }

    String getName();

    void setName(String name);

    Coroutine<T> getCoroutine();

    Context getContext();

    int cancelling();

    int uncancel();

    List<StackTraceElement> getStack();

    void printStack();
}
