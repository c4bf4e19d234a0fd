package dev.asyncio;

import dev.asyncio.spi.Engine;
import dev.asyncio.spi.TaskGroupPeer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that end together; asyncio's {@code TaskGroup}.
 *
 * <p>As a block, which ends when all tasks have ended:
 *
 * <pre>{@code
 * TaskGroup group = new TaskGroup();
 * await(group.enter(() -> {
 *     group.createTask(() -> download(first));
 *     group.createTask(() -> download(second));
 * }));
 * }</pre>
 *
 * <p>The first failure, of a task or of the block, cancels the other tasks, and the block if it is still running. When
 * all have ended, what failed is thrown as one {@link ExceptionGroup}, in the order in which it failed. A task that
 * ends cancelled is no failure. Cancelling the task that runs the block cancels the group.
 *
 * <p>With try-with-resources, which leaves the results at hand:
 *
 * <pre>{@code
 * try (TaskGroup group = TaskGroup.open()) {
 *     Task<String> name = group.createTask(() -> findName());
 *     Task<Integer> age = group.createTask(() -> findAge());
 *     await(group.join());
 *     return new Person(name.result(), age.result());
 * }
 * }</pre>
 *
 * <p>Here a failing task cancels its siblings, but not the block: {@link #join()} throws the group of failures. An
 * exception of the block leaves it as itself, with the group of the tasks' failures as a suppressed one.
 *
 * <p>A group is entered once, in a task. <b>Thread:</b> the loop's.
 */
public final class TaskGroup implements AutoCloseable {
    private final TaskGroupPeer peer;

    /** A group that is to be {@linkplain #enter(Coroutine) entered}. */
    public TaskGroup() {
        this.peer = Engine.get().newTaskGroup(this);
    }

    /**
     * A group that is entered already, for try-with-resources. The block is to {@link #join()} it.
     *
     * @return the group
     * @throws IllegalStateException outside a task
     */
    public static TaskGroup open() {
        TaskGroup group = new TaskGroup();
        group.peer.open();
        return group;
    }

    /**
     * Runs a block and waits for the tasks that were made in it; asyncio's {@code async with}.
     *
     * @param body the block
     * @param <T> the type of its result
     * @return a cold coroutine that gives the block's result; it throws {@link ExceptionGroup} if the block or a task
     *     failed, and {@link IllegalStateException} if it runs outside a task or if the group was entered before
     */
    @CheckReturnValue
    public <T extends @Nullable Object> Coroutine<T> enter(Coroutine<T> body) {
        return peer.enter(Objects.requireNonNull(body, "body"));
    }

    /**
     * As {@link #enter(Coroutine)}, for a block without a result.
     *
     * @param body the block
     * @return a cold coroutine
     */
    @CheckReturnValue
    public Coroutine<@Nullable Void> enter(VoidCoroutine body) {
        return peer.enter(VoidCoroutineAdapter.adapt(body));
    }

    /**
     * Starts a task in this group; asyncio's {@code TaskGroup.create_task}. Tasks of the group may do so too, until the
     * last one has ended.
     *
     * @param coroutine the body
     * @param options name, context and start
     * @param <T> the type of the result
     * @return the task
     * @throws IllegalStateException if the group was not entered, has ended, or is ending because of a failure
     */
    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine, TaskOptions options) {
        Objects.requireNonNull(coroutine, "coroutine");
        Objects.requireNonNull(options, "options");
        return peer.createTask(coroutine, options);
    }

    /**
     * As {@link #createTask(Coroutine, TaskOptions)}, with a generated name.
     *
     * @param coroutine the body
     * @param <T> the type of the result
     * @return the task
     */
    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine) {
        return createTask(coroutine, TaskOptions.DEFAULT);
    }

    /**
     * As {@link #createTask(Coroutine, TaskOptions)}, with a name.
     *
     * @param coroutine the body
     * @param name the name, or null for a generated one
     * @param <T> the type of the result
     * @return the task
     */
    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine, @Nullable String name) {
        return createTask(coroutine, TaskOptions.DEFAULT.withName(name));
    }

    /**
     * As {@link #createTask(Coroutine, TaskOptions)}, for a body without a result and with a generated name.
     *
     * @param coroutine the body
     * @return the task
     */
    public Task<@Nullable Void> createTask(VoidCoroutine coroutine) {
        return createTask(VoidCoroutineAdapter.adapt(coroutine), TaskOptions.DEFAULT);
    }

    /**
     * As {@link #createTask(Coroutine, TaskOptions)}, for a body without a result and with a name.
     *
     * @param coroutine the body
     * @param name the name, or null for a generated one
     * @return the task
     */
    public Task<@Nullable Void> createTask(VoidCoroutine coroutine, @Nullable String name) {
        return createTask(VoidCoroutineAdapter.adapt(coroutine), TaskOptions.DEFAULT.withName(name));
    }

    /**
     * As {@link #createTask(Coroutine, TaskOptions)}, for a body without a result.
     *
     * @param coroutine the body
     * @param options name, context and start
     * @return the task
     */
    public Task<@Nullable Void> createTask(VoidCoroutine coroutine, TaskOptions options) {
        return createTask(VoidCoroutineAdapter.adapt(coroutine), options);
    }

    /**
     * Waits until all tasks have ended; for groups made by {@link #open()}.
     *
     * @return a cold coroutine that throws {@link ExceptionGroup} if a task failed
     */
    @CheckReturnValue
    public Coroutine<@Nullable Void> join() {
        return peer.join();
    }

    /**
     * Ends a group made by {@link #open()}. If it was not joined, its tasks are cancelled, and this call suspends until
     * they have ended: the one method that does so without {@code await}. A cancellation that comes meanwhile is thrown
     * by the next {@code await} after it, or turned into its exception by the timeout that it comes from: thrown here,
     * it would be lost as a suppressed exception of what the block threw.
     *
     * @throws ExceptionGroup if a task had failed and {@link #join()} did not say so
     */
    @Override
    public void close() {
        peer.close();
    }

    /**
     * Cancels all tasks of the group, and its block if it is still running; the group then ends without an exception,
     * unless something fails. As in CPython 3.15.
     */
    public void cancel() {
        peer.cancel();
    }

    @Override
    public String toString() {
        return peer.toString();
    }
}
