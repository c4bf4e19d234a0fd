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
import java.util.concurrent.Executor;
import java.util.function.Function;
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

    /**
     * See {@link dev.asyncio.Asyncio#newEventLoop()}.
     *
     * @param carrier carries the Java bodies; null for the usual one
     * @return a loop that is not running
     * @throws IllegalStateException if the JVM does not offer the carrier
     */
    EventLoop newEventLoop(@Nullable Carrier carrier);

    /**
     * See {@link dev.asyncio.Asyncio#attachEventLoop(Executor)}.
     *
     * @param executor leads to the calling thread
     * @param carrier carries the Java bodies
     * @return a loop that runs until it is closed
     * @throws IllegalStateException if a loop is running on the calling thread, or the JVM does not offer the carrier
     */
    EventLoop attachEventLoop(Executor executor, Carrier carrier);

    /**
     * Makes the engine's side of a loop on virtual time.
     *
     * @param face what the engine shows as the loop wherever it is asked for it; still being constructed
     * @param carrier carries the Java bodies; null for the usual one
     * @return the peer
     * @throws IllegalStateException if the JVM does not offer the carrier
     */
    VirtualLoop newVirtualTimeLoop(VirtualTimeLoop face, @Nullable Carrier carrier);

    /**
     * Runs {@code body} so that every loop made by this thread in it, whoever asks for one, comes from the factory. No
     * loop is set for the thread at the beginning, and afterwards what was before.
     *
     * @param factory makes the loops, and is not applied to what it does itself; it is given the carrier that was asked
     *     for, null for the usual one
     * @param body what to run
     */
    void withLoopFactory(Function<@Nullable Carrier, ? extends EventLoop> factory, Runnable body);

    /**
     * See {@link dev.asyncio.Asyncio#getRunningLoop()}.
     *
     * @return the loop that runs the caller, or null
     */
    @Nullable EventLoop getRunningLoopOrNull();

    /**
     * See {@link dev.asyncio.Asyncio#getEventLoop()}.
     *
     * @return the running loop, else that of the thread
     */
    EventLoop getEventLoop();

    /**
     * See {@link dev.asyncio.Asyncio#setEventLoop}.
     *
     * @param loop the loop of the calling thread, or null for none
     */
    void setEventLoop(@Nullable EventLoop loop);

    // Running.

    /**
     * Makes the engine's side of a runner, which makes its loop when it needs one.
     *
     * @param options debug flag, loop and Ctrl-C
     * @return the peer
     */
    RunnerPeer newRunner(RunnerOptions options);

    /**
     * See {@link dev.asyncio.Asyncio#runCoroutineThreadsafe(Coroutine, EventLoop)}.
     *
     * @param coroutine the body
     * @param loop the loop
     * @param <T> the type of the result
     * @return mirrors the task
     */
    <T extends @Nullable Object> CompletableFuture<T> runCoroutineThreadsafe(Coroutine<T> coroutine, EventLoop loop);

    // Awaiting and making futures.

    /**
     * See {@link dev.asyncio.Asyncio#await(Awaitable)}.
     *
     * @param awaitable what to wait for
     * @param <T> the type of the result
     * @return the result
     */
    <T extends @Nullable Object> T await(Awaitable<T> awaitable);

    /**
     * See {@link Task#create}.
     *
     * @param loop drives the task
     * @param coroutine the body
     * @param options name, context and start
     * @param <T> the type of the result
     * @return the task
     */
    <T extends @Nullable Object> Task<T> newTask(EventLoop loop, Coroutine<T> coroutine, TaskOptions options);

    /**
     * See {@link dev.asyncio.Asyncio#createTask(Coroutine, TaskOptions)}.
     *
     * @param coroutine the body
     * @param options name, context and start
     * @param <T> the type of the result
     * @return a task of the running loop
     */
    <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine, TaskOptions options);

    /**
     * See {@link dev.asyncio.Asyncio#eagerTaskFactory()}.
     *
     * @return the factory
     */
    TaskFactory eagerTaskFactory();

    /**
     * See {@link dev.asyncio.Asyncio#ensureFuture(Awaitable)}.
     *
     * @param awaitable a future or a coroutine
     * @param <T> the type of the result
     * @return the future or a task
     */
    <T extends @Nullable Object> Future<T> ensureFuture(Awaitable<T> awaitable);

    /**
     * See {@link dev.asyncio.Asyncio#wrapFuture(CompletionStage)}.
     *
     * @param stage the stage
     * @param <T> the type of the result
     * @return mirrors the stage
     */
    <T extends @Nullable Object> Future<T> wrapStage(CompletionStage<T> stage);

    /**
     * See {@link dev.asyncio.Asyncio#wrapFuture(java.util.concurrent.Future)}.
     *
     * @param future what to wait for on another thread
     * @param <T> the type of the result
     * @return mirrors the future
     */
    <T extends @Nullable Object> Future<T> wrapBlocking(java.util.concurrent.Future<T> future);

    // Composition.

    /**
     * See {@link dev.asyncio.Asyncio#sleep(Duration)}.
     *
     * @param delay how long
     * @return a cold coroutine
     */
    Coroutine<@Nullable Void> sleep(Duration delay);

    /**
     * See {@link dev.asyncio.Asyncio#sleep(Duration, Object)}.
     *
     * @param delay how long
     * @param result the result
     * @param <T> the type of the result
     * @return a cold coroutine
     */
    <T extends @Nullable Object> Coroutine<T> sleep(Duration delay, T result);

    /**
     * See {@link dev.asyncio.Asyncio#gather(Collection)}.
     *
     * @param awaitables futures and coroutines, a copy for the engine to keep
     * @param <T> the type of the results
     * @return a future of the results
     */
    <T extends @Nullable Object> Future<List<T>> gather(Collection<? extends Awaitable<? extends T>> awaitables);

    /**
     * See {@link dev.asyncio.Asyncio#gatherOutcomes(Collection)}.
     *
     * @param awaitables futures and coroutines, a copy for the engine to keep
     * @param <T> the type of the results
     * @return a future of the outcomes
     */
    <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
            Collection<? extends Awaitable<? extends T>> awaitables);

    /**
     * See {@link dev.asyncio.Asyncio#wait(Collection, Duration, ReturnWhen)}.
     *
     * @param awaitables futures and coroutines, a copy for the engine to keep
     * @param timeout how long to wait, or null for no limit
     * @param returnWhen what to wait for
     * @param <T> the type of the results
     * @return a cold coroutine
     */
    <T extends @Nullable Object> Coroutine<WaitResult<T>> wait(
            Collection<? extends Awaitable<? extends T>> awaitables, @Nullable Duration timeout, ReturnWhen returnWhen);

    /**
     * See {@link dev.asyncio.Asyncio#waitFor(Awaitable, Duration)}.
     *
     * @param awaitable what to wait for
     * @param timeout how long to wait, or null for no limit
     * @param <T> the type of the result
     * @return a cold coroutine
     */
    <T extends @Nullable Object> Coroutine<T> waitFor(Awaitable<T> awaitable, @Nullable Duration timeout);

    /**
     * See {@link dev.asyncio.Asyncio#asCompleted(Collection, Duration)}.
     *
     * @param awaitables futures and coroutines, a copy for the engine to keep
     * @param timeout how long to wait, or null for no limit
     * @param <T> the type of the results
     * @return what to iterate over
     */
    <T extends @Nullable Object> AsCompleted<T> asCompleted(
            Collection<? extends Awaitable<? extends T>> awaitables, @Nullable Duration timeout);

    /**
     * See {@link dev.asyncio.Asyncio#shield(Awaitable)}.
     *
     * @param awaitable a future or a coroutine
     * @param <T> the type of the result
     * @return mirrors it
     */
    <T extends @Nullable Object> Future<T> shield(Awaitable<T> awaitable);

    /**
     * A cold timeout, whose deadline counts from the await.
     *
     * @param delay how long the block may take, or null for no limit
     * @param body the block
     * @param <T> the type of the result
     * @return a cold coroutine
     */
    <T extends @Nullable Object> Coroutine<T> timeout(@Nullable Duration delay, Coroutine<T> body);

    /**
     * A cold timeout at an absolute loop time.
     *
     * @param when the deadline, or null for none
     * @param body the block
     * @param <T> the type of the result
     * @return a cold coroutine
     */
    <T extends @Nullable Object> Coroutine<T> timeoutAt(@Nullable Duration when, Coroutine<T> body);

    /**
     * Makes the engine's side of a timeout that counts from now.
     *
     * @param face what the engine shows; still being constructed
     * @param delay how long the block may take, or null for no deadline
     * @return the peer
     */
    TimeoutPeer newTimeout(Timeout face, @Nullable Duration delay);

    /**
     * Makes the engine's side of a timeout at an absolute loop time.
     *
     * @param face what the engine shows; still being constructed
     * @param when the deadline, or null for none
     * @return the peer
     */
    TimeoutPeer newTimeoutAt(Timeout face, @Nullable Duration when);

    /**
     * Makes the engine's side of a task group.
     *
     * @param face what the engine shows; still being constructed
     * @return the peer
     */
    TaskGroupPeer newTaskGroup(TaskGroup face);

    /**
     * See {@link dev.asyncio.Asyncio#toThread(Callable)}.
     *
     * @param callable the work
     * @param <T> the type of the result
     * @return a cold coroutine
     */
    <T extends @Nullable Object> Coroutine<T> toThread(Callable<T> callable);

    // Locks and queues.

    SyncProvider sync();

    // Asynchronous iteration.

    IterationProvider iteration();

    // Sockets.

    IoProvider io();

    // Files.

    FilesProvider files();

    // Processes.

    SubprocessProvider processes();

    // Looking around. A null loop means the running one; where there is none, NoRunningLoopException.

    /**
     * See {@link dev.asyncio.Asyncio#currentTask()}.
     *
     * @param loop the loop, or null for the running one
     * @return the task, or null if the loop runs none
     * @throws dev.asyncio.NoRunningLoopException if the running loop is wanted and there is none
     */
    @Nullable Task<?> currentTask(@Nullable EventLoop loop);

    /**
     * See {@link dev.asyncio.Asyncio#allTasks()}.
     *
     * @param loop the loop, or null for the running one
     * @return a new set
     * @throws dev.asyncio.NoRunningLoopException if the running loop is wanted and there is none
     */
    Set<Task<?>> allTasks(@Nullable EventLoop loop);

    // Context variables.

    /**
     * See {@link Context#copyContext()}.
     *
     * @return a copy of the current context
     */
    Context copyContext();

    /**
     * Looks a variable up in the current context.
     *
     * @param variable the variable
     * @param <T> the type of the value
     * @return what the context holds for it, or null if it was not set
     */
    <T extends @Nullable Object> @Nullable Lookup<T> getVar(ContextVar<T> variable);

    /**
     * See {@link ContextVar#set}.
     *
     * @param variable the variable
     * @param carried the thread-local that has the variable's value, too, or null
     * @param value the value
     * @param <T> the type of the value
     * @return for resetting it
     */
    <T extends @Nullable Object> Token<T> setVar(
            ContextVar<T> variable, @Nullable ThreadLocalAccess<T> carried, T value);

    /**
     * See {@link ContextVar#reset}.
     *
     * @param variable the variable
     * @param token what {@link #setVar} gave
     * @param <T> the type of the value
     * @throws IllegalArgumentException if the token belongs to another variable or context
     * @throws IllegalStateException if it was used before
     */
    <T extends @Nullable Object> void resetVar(ContextVar<T> variable, Token<T> token);
}
