package dev.asyncio;

import dev.asyncio.spi.Engine;
import dev.asyncio.spi.TaskGroupPeer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tasks that end together; asyncio's {@code TaskGroup}. */
public final class TaskGroup implements AutoCloseable {
    private final TaskGroupPeer peer;

    public TaskGroup() {
        this.peer = Engine.get().newTaskGroup(this);
    }

    public static TaskGroup open() {
        TaskGroup group = new TaskGroup();
        group.peer.open();
        return group;
    }

    @CheckReturnValue
    public <T extends @Nullable Object> Coroutine<T> enter(Coroutine<T> body) {
        return peer.enter(Objects.requireNonNull(body, "body"));
    }

    @CheckReturnValue
    public Coroutine<@Nullable Void> enter(VoidCoroutine body) {
        return peer.enter(VoidCoroutineAdapter.adapt(body));
    }

    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine) {
        return createTask(coroutine, TaskOptions.DEFAULT);
    }

    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine, @Nullable String name) {
        return createTask(coroutine, TaskOptions.DEFAULT.withName(name));
    }

    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine, TaskOptions options) {
        Objects.requireNonNull(coroutine, "coroutine");
        Objects.requireNonNull(options, "options");
        return peer.createTask(coroutine, options);
    }

    public Task<@Nullable Void> createTask(VoidCoroutine coroutine) {
        return createTask(VoidCoroutineAdapter.adapt(coroutine), TaskOptions.DEFAULT);
    }

    public Task<@Nullable Void> createTask(VoidCoroutine coroutine, @Nullable String name) {
        return createTask(VoidCoroutineAdapter.adapt(coroutine), TaskOptions.DEFAULT.withName(name));
    }

    public Task<@Nullable Void> createTask(VoidCoroutine coroutine, TaskOptions options) {
        return createTask(VoidCoroutineAdapter.adapt(coroutine), options);
    }

    @CheckReturnValue
    public Coroutine<@Nullable Void> join() {
        return peer.join();
    }

    @Override
    public void close() {
        peer.close();
    }

    public void cancel() {
        peer.cancel();
    }

    @Override
    public String toString() {
        return peer.toString();
    }
}
