package dev.asyncio.spi;

import dev.asyncio.AsCompleted;
import dev.asyncio.Awaitable;
import dev.asyncio.Carrier;
import dev.asyncio.Context;
import dev.asyncio.ContextVar;
import dev.asyncio.Coroutine;
import dev.asyncio.EventLoop;
import dev.asyncio.Future;
import dev.asyncio.Outcome;
import dev.asyncio.ReturnWhen;
import dev.asyncio.RunnerOptions;
import dev.asyncio.Task;
import dev.asyncio.TaskFactory;
import dev.asyncio.TaskGroup;
import dev.asyncio.TaskOptions;
import dev.asyncio.Timeout;
import dev.asyncio.Token;
import dev.asyncio.WaitResult;
import dev.asyncio.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one door between the facade and an engine, found by {@link java.util.ServiceLoader}.
 *
 * <p>The facade checks arguments for null and hands everything else on: what a call means is decided by the engine
 * alone. Exceptions of a body pass through these methods as they are, checked ones included, without being declared.
 * Applications use {@link dev.asyncio.Asyncio}.
 */
public interface EventLoopProvider {

    // Loops and the calling thread.

    EventLoop newEventLoop(@Nullable Carrier carrier);

    VirtualLoop newVirtualTimeLoop(VirtualTimeLoop face, @Nullable Carrier carrier);

    /** Runs {@code body} so that every loop made by this thread in it, whoever asks for one, comes from the factory. */
    void withLoopFactory(Supplier<? extends EventLoop> factory, Runnable body);

    @Nullable EventLoop getRunningLoopOrNull();

    EventLoop getEventLoop();

    void setEventLoop(@Nullable EventLoop loop);

    // Running.

    RunnerPeer newRunner(RunnerOptions options);

    <T extends @Nullable Object> CompletableFuture<T> runCoroutineThreadsafe(Coroutine<T> coroutine, EventLoop loop);

    // Awaiting and making futures.

    <T extends @Nullable Object> T await(Awaitable<T> awaitable);

    <T extends @Nullable Object> Task<T> newTask(EventLoop loop, Coroutine<T> coroutine, TaskOptions options);

    <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine, TaskOptions options);

    TaskFactory eagerTaskFactory();

    <T extends @Nullable Object> Future<T> ensureFuture(Awaitable<T> awaitable);

    <T extends @Nullable Object> Future<T> wrapStage(CompletionStage<T> stage);

    <T extends @Nullable Object> Future<T> wrapBlocking(java.util.concurrent.Future<T> future);

    // Composition.

    Coroutine<@Nullable Void> sleep(Duration delay);

    <T extends @Nullable Object> Coroutine<T> sleep(Duration delay, T result);

    <T extends @Nullable Object> Future<List<T>> gather(Collection<? extends Awaitable<? extends T>> awaitables);

    <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
            Collection<? extends Awaitable<? extends T>> awaitables);

    <T extends @Nullable Object> Coroutine<WaitResult<T>> wait(
            Collection<? extends Awaitable<? extends T>> awaitables, @Nullable Duration timeout, ReturnWhen returnWhen);

    <T extends @Nullable Object> Coroutine<T> waitFor(Awaitable<T> awaitable, @Nullable Duration timeout);

    <T extends @Nullable Object> AsCompleted<T> asCompleted(
            Collection<? extends Awaitable<? extends T>> awaitables, @Nullable Duration timeout);

    <T extends @Nullable Object> Future<T> shield(Awaitable<T> awaitable);

    /** A cold timeout: its deadline counts from the await. */
    <T extends @Nullable Object> Coroutine<T> timeout(@Nullable Duration delay, Coroutine<T> body);

    /**
     * A cold timeout at an absolute loop time. An engine that can run one without a stack of its own overrides this.
     */
    default <T extends @Nullable Object> Coroutine<T> timeoutAt(@Nullable Duration when, Coroutine<T> body) {
        return () -> await(Timeout.at(when).enter(body));
    }

    /** A timeout that counts from now; null: no deadline. */
    TimeoutPeer newTimeout(Timeout face, @Nullable Duration delay);

    /** A timeout at an absolute loop time; null: no deadline. */
    TimeoutPeer newTimeoutAt(Timeout face, @Nullable Duration when);

    TaskGroupPeer newTaskGroup(TaskGroup face);

    <T extends @Nullable Object> Coroutine<T> toThread(Callable<T> callable);

    // Looking around. A null loop means the running one; where there is none, NoRunningLoopException.

    @Nullable Task<?> currentTask(@Nullable EventLoop loop);

    Set<Task<?>> allTasks(@Nullable EventLoop loop);

    // Context variables.

    Context copyContext();

    /** Null where the current context has no value for it. */
    <T extends @Nullable Object> @Nullable Lookup<T> getVar(ContextVar<T> variable);

    <T extends @Nullable Object> Token<T> setVar(ContextVar<T> variable, T value);

    <T extends @Nullable Object> void resetVar(ContextVar<T> variable, Token<T> token);
}
