package dev.asyncio;

import dev.asyncio.spi.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The functions of Python's {@code asyncio} module.
 *
 * <p>To be imported statically, all but {@link #wait(Collection)}. A lambda may stand wherever a {@link Coroutine} or a
 * {@link VoidCoroutine} is wanted: with a result it is the one, without the other. A reference to an overloaded method
 * is ambiguous; write {@code () -> main()} instead of {@code Main::main}.
 *
 * <p><i>The current loop</i> is the one that {@link #getEventLoop()} gives: the running one, and outside of it the
 * thread's. Functions that make futures use it; {@link #createTask(Coroutine)} and whatever is awaited want a running
 * one.
 */
public final class Asyncio {
    private Asyncio() {}

    // Running.

    /**
     * Runs a program: makes a loop, runs a coroutine on it as the main task, cancels the tasks that are left and waits
     * for them, and closes the loop; asyncio's {@code run}. Blocks the calling thread.
     *
     * <p>If the main task fails, its exception is thrown as it is. Ctrl-C cancels the main task, see {@link
     * RunnerOptions#withInterruptHandler}, and so does a request that the JVM exit, which then waits up to five
     * seconds.
     *
     * <p>Interrupting the calling thread does not end this; the thread's flag is set again afterwards. So an executor's
     * {@code shutdownNow()}, or {@code cancel(true)} of its future, leaves the program running. To end it from another
     * thread, cancel the main task: {@code loop.callSoonThreadsafe(task::cancel)}.
     *
     * @param main the body
     * @param <T> the type of the result
     * @return its result
     * @throws CancelledError if the main task was cancelled
     * @throws KeyboardInterrupt if it was cancelled because of Ctrl-C
     * @throws IllegalStateException if the calling thread runs a loop already
     */
    public static <T extends @Nullable Object> T run(Coroutine<T> main) {
        return run(main, RunnerOptions.DEFAULT);
    }

    /**
     * As {@link #run(Coroutine)}, for a body without a result.
     *
     * @param main the body
     */
    public static void run(VoidCoroutine main) {
        run(VoidCoroutineAdapter.adapt(main), RunnerOptions.DEFAULT);
    }

    /**
     * As {@link #run(Coroutine)}, with options.
     *
     * @param main the body
     * @param options debug flag, loop and Ctrl-C
     * @param <T> the type of the result
     * @return its result
     */
    public static <T extends @Nullable Object> T run(Coroutine<T> main, RunnerOptions options) {
        Objects.requireNonNull(main, "main");
        try (Runner runner = new Runner(options)) {
            return runner.run(main);
        }
    }

    /**
     * As {@link #run(Coroutine, RunnerOptions)}, for a body without a result.
     *
     * @param main the body
     * @param options debug flag, loop and Ctrl-C
     */
    public static void run(VoidCoroutine main, RunnerOptions options) {
        run(VoidCoroutineAdapter.adapt(main), options);
    }

    /**
     * As {@link #run(Coroutine)}, declaring a checked exception so that it can be caught.
     *
     * @param main the body
     * @param declared the type to declare; nothing is converted to it
     * @param <T> the type of the result
     * @param <X> the type to declare
     * @return its result
     * @throws X if the body fails with it
     */
    public static <T extends @Nullable Object, X extends Throwable> T run(Coroutine<T> main, Class<X> declared)
            throws X {
        return run(main, RunnerOptions.DEFAULT, declared);
    }

    /**
     * As {@link #run(VoidCoroutine)}, declaring a checked exception so that it can be caught.
     *
     * @param main the body
     * @param declared the type to declare; nothing is converted to it
     * @param <X> the type to declare
     * @throws X if the body fails with it
     */
    public static <X extends Throwable> void run(VoidCoroutine main, Class<X> declared) throws X {
        run(main, RunnerOptions.DEFAULT, declared);
    }

    /**
     * As {@link #run(Coroutine, RunnerOptions)}, declaring a checked exception so that it can be caught.
     *
     * @param main the body
     * @param options debug flag, loop and Ctrl-C
     * @param declared the type to declare; nothing is converted to it
     * @param <T> the type of the result
     * @param <X> the type to declare
     * @return its result
     * @throws X if the body fails with it
     */
    public static <T extends @Nullable Object, X extends Throwable> T run(
            Coroutine<T> main, RunnerOptions options, Class<X> declared) throws X {
        Objects.requireNonNull(declared, "declared");
        return run(main, options);
    }

    /**
     * As {@link #run(VoidCoroutine, RunnerOptions)}, declaring a checked exception so that it can be caught.
     *
     * @param main the body
     * @param options debug flag, loop and Ctrl-C
     * @param declared the type to declare; nothing is converted to it
     * @param <X> the type to declare
     * @throws X if the body fails with it
     */
    public static <X extends Throwable> void run(VoidCoroutine main, RunnerOptions options, Class<X> declared)
            throws X {
        Objects.requireNonNull(declared, "declared");
        run(main, options);
    }

    /**
     * Starts a coroutine as a task of a loop that runs elsewhere; asyncio's {@code run_coroutine_threadsafe}.
     * <b>Thread:</b> any.
     *
     * @param coroutine the body
     * @param loop the loop
     * @param <T> the type of the result
     * @return mirrors the task; cancelling it cancels the task. Not to be blocked on in the loop's own code, where that
     *     is an {@link IllegalStateException}
     * @throws IllegalStateException if the loop is closed
     */
    public static <T extends @Nullable Object> CompletableFuture<T> runCoroutineThreadsafe(
            Coroutine<T> coroutine, EventLoop loop) {
        Objects.requireNonNull(coroutine, "coroutine");
        Objects.requireNonNull(loop, "loop");
        return Engine.get().runCoroutineThreadsafe(coroutine, loop);
    }

    /**
     * As {@link #runCoroutineThreadsafe(Coroutine, EventLoop)}, for a body without a result.
     *
     * @param coroutine the body
     * @param loop the loop
     * @return mirrors the task
     */
    public static CompletableFuture<@Nullable Void> runCoroutineThreadsafe(VoidCoroutine coroutine, EventLoop loop) {
        return runCoroutineThreadsafe(VoidCoroutineAdapter.adapt(coroutine), loop);
    }

    // Awaiting.

    /**
     * Waits for a result and gives others a turn meanwhile; Python's {@code await}.
     *
     * <p>If it fails, its exception is thrown as it is. <b>Yields</b> only where there is something to wait for: a
     * future that is done is not waited for, and a coroutine runs within the calling task, as a call would.
     * <b>Cancellation:</b> of the calling task cancels what it awaits, and {@link CancelledError} is thrown here when
     * that has ended.
     *
     * @param awaitable a coroutine, or a future of the same loop
     * @param <T> the type of the result
     * @return the result
     * @throws CancelledError if the calling task or the awaitable was cancelled
     * @throws NoRunningLoopException if the calling thread runs no loop
     * @throws IllegalStateException if the caller is no task that can be suspended: a callback of the loop, or the body
     *     of a Kotlin {@code suspend} function, which has its own {@code await}; also if a task awaits itself or a
     *     future of another loop
     */
    public static <T extends @Nullable Object> T await(Awaitable<T> awaitable) {
        return Engine.get().await(Objects.requireNonNull(awaitable, "awaitable"));
    }

    /**
     * Runs a coroutine within the calling task; Python's {@code await}. As {@link #await(Awaitable)}, so that a lambda
     * will do.
     *
     * @param coroutine what to run
     * @param <T> the type of the result
     * @return the result
     */
    public static <T extends @Nullable Object> T await(Coroutine<T> coroutine) {
        return Engine.get().await(Objects.requireNonNull(coroutine, "coroutine"));
    }

    /**
     * As {@link #await(Coroutine)}, for a coroutine without a result.
     *
     * @param coroutine what to run
     */
    public static void await(VoidCoroutine coroutine) {
        Engine.get().await(VoidCoroutineAdapter.adapt(coroutine));
    }

    /**
     * Waits for a stage of the JDK: awaits {@link #wrapFuture(CompletionStage)}.
     *
     * <p>A {@link java.util.concurrent.CompletionException} is unwrapped, and a stage that was cancelled gives {@link
     * CancelledError}. <b>Cancellation:</b> of the calling task cancels the stage.
     *
     * @param stage what to wait for
     * @param <T> the type of the result
     * @return the result
     */
    public static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
        Objects.requireNonNull(stage, "stage");
        getRunningLoop(); // Where none runs, wrapFuture would make one.
        return await(wrapFuture(stage));
    }

    /**
     * As {@link #await(CompletionStage)}.
     *
     * @param future what to wait for
     * @param <T> the type of the result
     * @return the result
     */
    public static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
        Objects.requireNonNull(future, "future");
        getRunningLoop(); // Where none runs, wrapFuture would make one.
        return await(wrapFuture(future));
    }

    /**
     * Waits for a future of the JDK, off the loop: awaits {@link #wrapFuture(java.util.concurrent.Future)}.
     *
     * @param future what to wait for
     * @param <T> the type of the result
     * @return the result
     */
    public static <T extends @Nullable Object> T await(java.util.concurrent.Future<T> future) {
        Objects.requireNonNull(future, "future");
        getRunningLoop(); // Where none runs, wrapFuture would make one.
        return await(wrapFuture(future));
    }

    /**
     * As {@link #await(Awaitable)}, declaring a checked exception so that it can be caught.
     *
     * @param awaitable a coroutine, or a future of the same loop
     * @param declared the type to declare; nothing is converted to it
     * @param <T> the type of the result
     * @param <X> the type to declare
     * @return the result
     * @throws X if it fails with it
     */
    public static <T extends @Nullable Object, X extends Throwable> T await(Awaitable<T> awaitable, Class<X> declared)
            throws X {
        Objects.requireNonNull(declared, "declared");
        return await(awaitable);
    }

    /**
     * As {@link #await(Coroutine)}, declaring a checked exception so that it can be caught.
     *
     * @param coroutine what to run
     * @param declared the type to declare; nothing is converted to it
     * @param <T> the type of the result
     * @param <X> the type to declare
     * @return the result
     * @throws X if it fails with it
     */
    public static <T extends @Nullable Object, X extends Throwable> T await(Coroutine<T> coroutine, Class<X> declared)
            throws X {
        Objects.requireNonNull(declared, "declared");
        return await(coroutine);
    }

    /**
     * As {@link #await(VoidCoroutine)}, declaring a checked exception so that it can be caught.
     *
     * @param coroutine what to run
     * @param declared the type to declare; nothing is converted to it
     * @param <X> the type to declare
     * @throws X if it fails with it
     */
    public static <X extends Throwable> void await(VoidCoroutine coroutine, Class<X> declared) throws X {
        Objects.requireNonNull(declared, "declared");
        await(coroutine);
    }

    /**
     * As {@link #await(CompletionStage)}, declaring a checked exception so that it can be caught.
     *
     * @param stage what to wait for
     * @param declared the type to declare; nothing is converted to it
     * @param <T> the type of the result
     * @param <X> the type to declare
     * @return the result
     * @throws X if it fails with it
     */
    public static <T extends @Nullable Object, X extends Throwable> T await(CompletionStage<T> stage, Class<X> declared)
            throws X {
        Objects.requireNonNull(declared, "declared");
        return await(stage);
    }

    /**
     * As {@link #await(CompletableFuture)}, declaring a checked exception so that it can be caught.
     *
     * @param future what to wait for
     * @param declared the type to declare; nothing is converted to it
     * @param <T> the type of the result
     * @param <X> the type to declare
     * @return the result
     * @throws X if it fails with it
     */
    public static <T extends @Nullable Object, X extends Throwable> T await(
            CompletableFuture<T> future, Class<X> declared) throws X {
        Objects.requireNonNull(declared, "declared");
        return await(future);
    }

    /**
     * As {@link #await(java.util.concurrent.Future)}, declaring a checked exception so that it can be caught.
     *
     * @param future what to wait for
     * @param declared the type to declare; nothing is converted to it
     * @param <T> the type of the result
     * @param <X> the type to declare
     * @return the result
     * @throws X if it fails with it
     */
    public static <T extends @Nullable Object, X extends Throwable> T await(
            java.util.concurrent.Future<T> future, Class<X> declared) throws X {
        Objects.requireNonNull(declared, "declared");
        return await(future);
    }

    // Making coroutines, tasks and futures.

    /**
     * Gives a lambda the type of a coroutine, for lists, for variables, and where lambdas and futures are mixed in one
     * call.
     *
     * @param body the lambda
     * @param <T> the type of the result
     * @return the same
     */
    public static <T extends @Nullable Object> Coroutine<T> coroutine(Coroutine<T> body) {
        return Objects.requireNonNull(body, "body");
    }

    /**
     * As {@link #coroutine(Coroutine)}, for a body without a result.
     *
     * @param body the lambda
     * @return a coroutine whose result is null
     */
    public static Coroutine<@Nullable Void> coroutine(VoidCoroutine body) {
        return VoidCoroutineAdapter.adapt(body);
    }

    /**
     * As {@link #createTask(Coroutine, TaskOptions)}, with a generated name.
     *
     * @param coroutine the body
     * @param <T> the type of the result
     * @return the task
     * @throws NoRunningLoopException if the calling thread runs no loop
     */
    public static <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine) {
        return createTask(coroutine, TaskOptions.DEFAULT);
    }

    /**
     * As {@link #createTask(Coroutine, TaskOptions)}, with a name.
     *
     * @param coroutine the body
     * @param name the name, or null for a generated one
     * @param <T> the type of the result
     * @return the task
     * @throws NoRunningLoopException if the calling thread runs no loop
     */
    public static <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine, @Nullable String name) {
        return createTask(coroutine, TaskOptions.DEFAULT.withName(name));
    }

    /**
     * Starts a coroutine as a task of the running loop; asyncio's {@code create_task}.
     *
     * <p>The body starts in the loop's next iteration. The caller need not keep the task: its loop does.
     *
     * @param coroutine the body
     * @param options name, context and start
     * @param <T> the type of the result
     * @return the task
     * @throws NoRunningLoopException if the calling thread runs no loop
     */
    public static <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine, TaskOptions options) {
        Objects.requireNonNull(coroutine, "coroutine");
        Objects.requireNonNull(options, "options");
        return Engine.get().createTask(coroutine, options);
    }

    /**
     * As {@link #createTask(Coroutine)}, for a body without a result.
     *
     * @param coroutine the body
     * @return the task
     * @throws NoRunningLoopException if the calling thread runs no loop
     */
    public static Task<@Nullable Void> createTask(VoidCoroutine coroutine) {
        return createTask(VoidCoroutineAdapter.adapt(coroutine), TaskOptions.DEFAULT);
    }

    /**
     * As {@link #createTask(Coroutine, String)}, for a body without a result.
     *
     * @param coroutine the body
     * @param name the name, or null for a generated one
     * @return the task
     * @throws NoRunningLoopException if the calling thread runs no loop
     */
    public static Task<@Nullable Void> createTask(VoidCoroutine coroutine, @Nullable String name) {
        return createTask(VoidCoroutineAdapter.adapt(coroutine), TaskOptions.DEFAULT.withName(name));
    }

    /**
     * As {@link #createTask(Coroutine, TaskOptions)}, for a body without a result.
     *
     * @param coroutine the body
     * @param options name, context and start
     * @return the task
     * @throws NoRunningLoopException if the calling thread runs no loop
     */
    public static Task<@Nullable Void> createTask(VoidCoroutine coroutine, TaskOptions options) {
        return createTask(VoidCoroutineAdapter.adapt(coroutine), options);
    }

    /**
     * A task factory that runs each body up to its first suspension within {@code createTask}; asyncio's {@code
     * eager_task_factory}. A body that never suspends then costs no iteration.
     *
     * @return the factory, for {@link EventLoop#setTaskFactory}
     */
    public static TaskFactory eagerTaskFactory() {
        return Engine.get().eagerTaskFactory();
    }

    /**
     * A future for anything that can be awaited; asyncio's {@code ensure_future}.
     *
     * @param awaitable a future, which is returned as it is, or a coroutine, which becomes a task of the current loop
     * @param <T> the type of the result
     * @return the future or task
     * @throws NoRunningLoopException where {@link #getEventLoop()} throws it
     */
    public static <T extends @Nullable Object> Future<T> ensureFuture(Awaitable<T> awaitable) {
        return Engine.get().ensureFuture(Objects.requireNonNull(awaitable, "awaitable"));
    }

    /**
     * As {@link #createTask(Coroutine)}, on the current loop, running or not; asyncio's {@code ensure_future}.
     *
     * @param coroutine the body
     * @param <T> the type of the result
     * @return the task
     * @throws NoRunningLoopException where {@link #getEventLoop()} throws it
     */
    public static <T extends @Nullable Object> Future<T> ensureFuture(Coroutine<T> coroutine) {
        return Engine.get().ensureFuture(Objects.requireNonNull(coroutine, "coroutine"));
    }

    /**
     * As {@link #ensureFuture(Coroutine)}, for a body without a result.
     *
     * @param coroutine the body
     * @return the task
     * @throws NoRunningLoopException where {@link #getEventLoop()} throws it
     */
    public static Future<@Nullable Void> ensureFuture(VoidCoroutine coroutine) {
        return Engine.get().ensureFuture(VoidCoroutineAdapter.adapt(coroutine));
    }

    /**
     * A future of the current loop that mirrors a stage of the JDK; asyncio's {@code wrap_future}.
     *
     * <p>A {@link java.util.concurrent.CompletionException} is unwrapped, and a stage that was cancelled gives a
     * cancelled future. Cancelling the future cancels the stage.
     *
     * @param stage the stage
     * @param <T> the type of the result
     * @return the future
     * @throws NoRunningLoopException where {@link #getEventLoop()} throws it
     */
    public static <T extends @Nullable Object> Future<T> wrapFuture(CompletionStage<T> stage) {
        return Engine.get().wrapStage(Objects.requireNonNull(stage, "stage"));
    }

    /**
     * As {@link #wrapFuture(CompletionStage)}.
     *
     * @param future the stage
     * @param <T> the type of the result
     * @return the future
     * @throws NoRunningLoopException where {@link #getEventLoop()} throws it
     */
    public static <T extends @Nullable Object> Future<T> wrapFuture(CompletableFuture<T> future) {
        return Engine.get().wrapStage(Objects.requireNonNull(future, "future"));
    }

    /**
     * A future of the current loop that mirrors a future of the JDK; asyncio's {@code wrap_future}.
     *
     * <p>Such a future can only be waited for by blocking, which is done off the loop. An {@link
     * java.util.concurrent.ExecutionException} is unwrapped. Cancelling the loop's future cancels the JDK's.
     *
     * @param future the future of the JDK
     * @param <T> the type of the result
     * @return the loop's future
     * @throws NoRunningLoopException where {@link #getEventLoop()} throws it
     */
    public static <T extends @Nullable Object> Future<T> wrapFuture(java.util.concurrent.Future<T> future) {
        Objects.requireNonNull(future, "future");
        return Engine.get().wrapBlocking(future);
    }

    // Composition.

    /**
     * As {@link #gather(Collection)}, of nothing.
     *
     * @param <T> the type of the results
     * @return a future that is done, with an empty list
     */
    public static <T extends @Nullable Object> Future<List<T>> gather() {
        return Engine.get().gather(Collections.<Awaitable<T>>emptyList());
    }

    /**
     * As {@link #gather(Collection)}.
     *
     * @param awaitables futures of the same loop, and coroutines
     * @param <T> the type of the results
     * @return a future of the results, in the order of the arguments
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // Only read.
    public static <T extends @Nullable Object> Future<List<T>> gather(Awaitable<? extends T>... awaitables) {
        return Engine.get().gather(copy(awaitables));
    }

    /**
     * As {@link #gather(Collection)}, so that lambdas will do.
     *
     * @param coroutines what to run
     * @param <T> the type of the results
     * @return a future of the results, in the order of the arguments
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // Only read.
    public static <T extends @Nullable Object> Future<List<T>> gather(Coroutine<? extends T>... coroutines) {
        return Engine.get().gather(copy(coroutines));
    }

    /**
     * As {@link #gather(Collection)}, for coroutines without results; of several lambdas if one has no result, none
     * has.
     *
     * @param coroutines what to run
     * @return a future of as many nulls
     */
    public static Future<List<@Nullable Void>> gather(VoidCoroutine... coroutines) {
        return gather(adapt(coroutines));
    }

    /**
     * Waits for several awaitables at once; asyncio's {@code gather}.
     *
     * <p>Coroutines become tasks at once, in order; one that is given twice, lambdas included, runs twice, while a
     * future given twice is waited for once. The first exception is that of the result, and the others go on.
     * <b>Cancellation:</b> of the result cancels all that are not done.
     *
     * @param awaitables futures of the same loop, and coroutines
     * @param <T> the type of the results
     * @return a future of the results, in the order of the arguments
     * @throws NoRunningLoopException where {@link #getEventLoop()} throws it
     * @throws IllegalArgumentException if the futures belong to several loops
     */
    public static <T extends @Nullable Object> Future<List<T>> gather(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return Engine.get().gather(copy(awaitables));
    }

    /**
     * As {@link #gatherOutcomes(Collection)}, of nothing.
     *
     * @param <T> the type of the results
     * @return a future that is done, with an empty list
     */
    public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes() {
        return Engine.get().gatherOutcomes(Collections.<Awaitable<T>>emptyList());
    }

    /**
     * As {@link #gatherOutcomes(Collection)}.
     *
     * @param awaitables futures of the same loop, and coroutines
     * @param <T> the type of the results
     * @return a future of the outcomes, in the order of the arguments
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // Only read.
    public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
            Awaitable<? extends T>... awaitables) {
        return Engine.get().gatherOutcomes(copy(awaitables));
    }

    /**
     * As {@link #gatherOutcomes(Collection)}, so that lambdas will do.
     *
     * @param coroutines what to run
     * @param <T> the type of the results
     * @return a future of the outcomes, in the order of the arguments
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // Only read.
    public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
            Coroutine<? extends T>... coroutines) {
        return Engine.get().gatherOutcomes(copy(coroutines));
    }

    /**
     * As {@link #gatherOutcomes(Collection)}, for coroutines without results.
     *
     * @param coroutines what to run
     * @return a future of the outcomes, in the order of the arguments
     */
    public static Future<List<Outcome<@Nullable Void>>> gatherOutcomes(VoidCoroutine... coroutines) {
        return gatherOutcomes(adapt(coroutines));
    }

    /**
     * Waits for several awaitables and never fails because of them; asyncio's {@code gather(return_exceptions=True)}.
     *
     * <p>As {@link #gather(Collection)}, but the result comes when all have ended, and holds their exceptions too.
     *
     * @param awaitables futures of the same loop, and coroutines
     * @param <T> the type of the results
     * @return a future of the outcomes, in the order of the arguments
     * @throws NoRunningLoopException where {@link #getEventLoop()} throws it
     * @throws IllegalArgumentException if the futures belong to several loops
     */
    public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return Engine.get().gatherOutcomes(copy(awaitables));
    }

    /**
     * As {@link #wait(Collection, Duration, ReturnWhen)}, until all are done.
     *
     * @param awaitables futures of the same loop, and coroutines
     * @param <T> the type of the results
     * @return a cold coroutine
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Coroutine<WaitResult<T>> wait(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return Engine.get().wait(copy(awaitables), null, ReturnWhen.ALL_COMPLETED);
    }

    /**
     * As {@link #wait(Collection, Duration, ReturnWhen)}, until all are done or the time is up.
     *
     * @param awaitables futures of the same loop, and coroutines
     * @param timeout how long to wait, counted from the await; null for no limit
     * @param <T> the type of the results
     * @return a cold coroutine
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Coroutine<WaitResult<T>> wait(
            Collection<? extends Awaitable<? extends T>> awaitables, @Nullable Duration timeout) {
        return Engine.get().wait(copy(awaitables), timeout, ReturnWhen.ALL_COMPLETED);
    }

    /**
     * As {@link #wait(Collection, Duration, ReturnWhen)}, without a limit.
     *
     * @param awaitables futures of the same loop, and coroutines
     * @param returnWhen what to wait for
     * @param <T> the type of the results
     * @return a cold coroutine
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Coroutine<WaitResult<T>> wait(
            Collection<? extends Awaitable<? extends T>> awaitables, ReturnWhen returnWhen) {
        return wait(awaitables, null, returnWhen);
    }

    /**
     * Waits until one, or all, of several awaitables are done; asyncio's {@code wait}.
     *
     * <p>It throws none of their exceptions, and cancels none of them, not even when the time is up or when it is
     * cancelled itself. A coroutine is made a task when the wait is awaited. To be called with the name of the class: a
     * static import of {@code wait} is hidden by {@link Object#wait()}.
     *
     * @param awaitables futures of the same loop, and coroutines
     * @param timeout how long to wait, counted from the await; null for no limit
     * @param returnWhen what to wait for
     * @param <T> the type of the results
     * @return a cold coroutine
     * @throws IllegalArgumentException when awaited, if there are no awaitables
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Coroutine<WaitResult<T>> wait(
            Collection<? extends Awaitable<? extends T>> awaitables,
            @Nullable Duration timeout,
            ReturnWhen returnWhen) {
        Objects.requireNonNull(returnWhen, "returnWhen");
        return Engine.get().wait(copy(awaitables), timeout, returnWhen);
    }

    /**
     * Awaits something, but not for ever; asyncio's {@code wait_for}.
     *
     * <p>When the time is up, the awaitable is cancelled, and when it has ended, {@link TimeoutException} is thrown; if
     * it ends with a result or another exception after all, so does this. A future that is to survive is given as
     * {@link #shield(Awaitable) shield(future)}. <b>Cancellation:</b> is passed on to the awaitable.
     *
     * @param awaitable a coroutine, which runs within the calling task, or a future of the same loop
     * @param timeout how long to wait, counted from the await; zero or negative: only what is done already counts; null
     *     for no limit
     * @param <T> the type of the result
     * @return a cold coroutine
     * @throws TimeoutException when awaited, if the time is up
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Coroutine<T> waitFor(
            Awaitable<T> awaitable, @Nullable Duration timeout) {
        return Engine.get().waitFor(Objects.requireNonNull(awaitable, "awaitable"), timeout);
    }

    /**
     * As {@link #waitFor(Awaitable, Duration)}, so that a lambda will do.
     *
     * @param coroutine what to run
     * @param timeout how long to wait, counted from the await; null for no limit
     * @param <T> the type of the result
     * @return a cold coroutine
     * @throws TimeoutException when awaited, if the time is up
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Coroutine<T> waitFor(
            Coroutine<T> coroutine, @Nullable Duration timeout) {
        return Engine.get().waitFor(Objects.requireNonNull(coroutine, "coroutine"), timeout);
    }

    /**
     * As {@link #waitFor(Awaitable, Duration)}, for a coroutine without a result.
     *
     * @param coroutine what to run
     * @param timeout how long to wait, counted from the await; null for no limit
     * @return a cold coroutine
     * @throws TimeoutException when awaited, if the time is up
     */
    @CheckReturnValue
    public static Coroutine<@Nullable Void> waitFor(VoidCoroutine coroutine, @Nullable Duration timeout) {
        return Engine.get().waitFor(VoidCoroutineAdapter.adapt(coroutine), timeout);
    }

    /**
     * As {@link #asCompleted(Collection, Duration)}, without a limit.
     *
     * @param awaitables futures of the same loop, and coroutines
     * @param <T> the type of the results
     * @return what to iterate over
     * @throws NoRunningLoopException where {@link #getEventLoop()} throws it
     */
    public static <T extends @Nullable Object> AsCompleted<T> asCompleted(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return asCompleted(awaitables, null);
    }

    /**
     * The results of several awaitables in the order in which they come; asyncio's {@code as_completed}.
     *
     * <p>Coroutines become tasks at once. A future given twice counts once.
     *
     * @param awaitables futures of the same loop, and coroutines
     * @param timeout when it is over, each await of one that is not done throws {@link TimeoutException}; nothing is
     *     cancelled. Counted from this call; null for no limit
     * @param <T> the type of the results
     * @return what to iterate over
     * @throws NoRunningLoopException where {@link #getEventLoop()} throws it
     */
    public static <T extends @Nullable Object> AsCompleted<T> asCompleted(
            Collection<? extends Awaitable<? extends T>> awaitables, @Nullable Duration timeout) {
        return Engine.get().asCompleted(copy(awaitables), timeout);
    }

    /**
     * Protects something from the cancellation of the one who waits for it; asyncio's {@code shield}.
     *
     * <p>Cancelling the result, or a task that awaits it, leaves the awaitable running. Cancelling the awaitable
     * cancels the result.
     *
     * @param awaitable a future, or a coroutine, which becomes a task at once
     * @param <T> the type of the result
     * @return a future that mirrors it, or the very future that was given if it is done
     * @throws NoRunningLoopException where {@link #getEventLoop()} throws it
     */
    public static <T extends @Nullable Object> Future<T> shield(Awaitable<T> awaitable) {
        return Engine.get().shield(Objects.requireNonNull(awaitable, "awaitable"));
    }

    /**
     * As {@link #shield(Awaitable)}, so that a lambda will do.
     *
     * @param coroutine becomes a task at once
     * @param <T> the type of the result
     * @return a future that mirrors the task
     * @throws NoRunningLoopException where {@link #getEventLoop()} throws it
     */
    public static <T extends @Nullable Object> Future<T> shield(Coroutine<T> coroutine) {
        return Engine.get().shield(Objects.requireNonNull(coroutine, "coroutine"));
    }

    /**
     * As {@link #shield(Awaitable)}, for a coroutine without a result.
     *
     * @param coroutine becomes a task at once
     * @return a future that mirrors the task
     * @throws NoRunningLoopException where {@link #getEventLoop()} throws it
     */
    public static Future<@Nullable Void> shield(VoidCoroutine coroutine) {
        return Engine.get().shield(VoidCoroutineAdapter.adapt(coroutine));
    }

    /**
     * Suspends the calling task for some time; asyncio's {@code sleep}.
     *
     * <p><b>Yields</b> always: zero or less gives every other task one turn.
     *
     * @param delay how long, counted from the await
     * @return a cold coroutine
     */
    @CheckReturnValue
    public static Coroutine<@Nullable Void> sleep(Duration delay) {
        return Engine.get().sleep(Objects.requireNonNull(delay, "delay"));
    }

    /**
     * As {@link #sleep(Duration)}, with a result.
     *
     * @param delay how long, counted from the await
     * @param result the result
     * @param <T> the type of the result
     * @return a cold coroutine that gives the result
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Coroutine<T> sleep(Duration delay, T result) {
        return Engine.get().sleep(Objects.requireNonNull(delay, "delay"), result);
    }

    /**
     * Runs a block within the calling task, but not for ever; asyncio's {@code async with timeout(delay)}.
     *
     * <p>When the time is up, the block is cancelled; the {@link CancelledError} that leaves it becomes a {@link
     * TimeoutException}. {@link Timeout} says more, and is the form with a deadline that can be moved.
     *
     * @param delay how long the block may take, counted from the await; zero or negative: it ends at the first await
     *     that suspends; null for no limit
     * @param body the block
     * @param <T> the type of the result
     * @return a cold coroutine that gives the block's result
     * @throws TimeoutException when awaited, if the time is up
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Coroutine<T> timeout(@Nullable Duration delay, Coroutine<T> body) {
        return Engine.get().timeout(delay, Objects.requireNonNull(body, "body"));
    }

    /**
     * As {@link #timeout(Duration, Coroutine)}, for a block without a result.
     *
     * @param delay how long the block may take, counted from the await; null for no limit
     * @param body the block
     * @return a cold coroutine
     * @throws TimeoutException when awaited, if the time is up
     */
    @CheckReturnValue
    public static Coroutine<@Nullable Void> timeout(@Nullable Duration delay, VoidCoroutine body) {
        return Engine.get().timeout(delay, VoidCoroutineAdapter.adapt(body));
    }

    /**
     * As {@link #timeout(Duration, Coroutine)}, with a deadline on the loop's clock; asyncio's {@code timeout_at}.
     *
     * @param when a time as {@link EventLoop#time()} shows it; null for no limit
     * @param body the block
     * @param <T> the type of the result
     * @return a cold coroutine that gives the block's result
     * @throws TimeoutException when awaited, if the time is up
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Coroutine<T> timeoutAt(@Nullable Duration when, Coroutine<T> body) {
        return Engine.get().timeoutAt(when, Objects.requireNonNull(body, "body"));
    }

    /**
     * As {@link #timeoutAt(Duration, Coroutine)}, for a block without a result.
     *
     * @param when a time as {@link EventLoop#time()} shows it; null for no limit
     * @param body the block
     * @return a cold coroutine
     * @throws TimeoutException when awaited, if the time is up
     */
    @CheckReturnValue
    public static Coroutine<@Nullable Void> timeoutAt(@Nullable Duration when, VoidCoroutine body) {
        return Engine.get().timeoutAt(when, VoidCoroutineAdapter.adapt(body));
    }

    /**
     * Runs a block that starts tasks, and waits for all of them; asyncio's {@code async with TaskGroup()}. {@link
     * TaskGroup} says more.
     *
     * @param body the block
     * @return a cold coroutine, which makes a new group each time it is awaited
     * @throws ExceptionGroup when awaited, if the block or a task fails
     */
    @CheckReturnValue
    public static Coroutine<@Nullable Void> taskGroup(TaskGroupBody body) {
        Objects.requireNonNull(body, "body");
        return () -> {
            TaskGroup group = new TaskGroup();
            return await(group.enter(coroutine(() -> body.run(group))));
        };
    }

    /**
     * Does blocking work on a thread of the loop's default executor; asyncio's {@code to_thread}.
     *
     * <p>The work sees a copy of the caller's context variables. <b>Cancellation:</b> ends the await at once; work that
     * has started goes on, and its result is dropped.
     *
     * @param callable the work
     * @param <T> the type of the result
     * @return a cold coroutine
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> Coroutine<T> toThread(Callable<T> callable) {
        return Engine.get().toThread(Objects.requireNonNull(callable, "callable"));
    }

    /**
     * As {@link #toThread(Callable)}, for work without a result.
     *
     * @param callable the work
     * @return a cold coroutine
     */
    @CheckReturnValue
    public static Coroutine<@Nullable Void> toThread(VoidCallable callable) {
        return Engine.get().toThread(VoidCallableAdapter.adapt(callable));
    }

    // Tasks.

    /**
     * The task that the running loop runs at the moment; asyncio's {@code current_task}.
     *
     * @return the task, or null in a callback
     * @throws NoRunningLoopException if the calling thread runs no loop
     */
    public static @Nullable Task<?> currentTask() {
        return Engine.get().currentTask(null);
    }

    /**
     * The task that a loop runs at the moment; asyncio's {@code current_task}.
     *
     * @param loop the loop
     * @return the task, or null if it runs none
     */
    public static @Nullable Task<?> currentTask(EventLoop loop) {
        return Engine.get().currentTask(Objects.requireNonNull(loop, "loop"));
    }

    /**
     * The tasks of the running loop that are not done; asyncio's {@code all_tasks}.
     *
     * @return a new set, the calling task included
     * @throws NoRunningLoopException if the calling thread runs no loop
     */
    public static Set<Task<?>> allTasks() {
        return Engine.get().allTasks(null);
    }

    /**
     * The tasks of a loop that are not done; asyncio's {@code all_tasks}. May be called from any thread, for tools: from
     * another than the loop's, the set may lack tasks that begin or end meanwhile.
     *
     * @param loop the loop
     * @return a new set
     */
    public static Set<Task<?>> allTasks(EventLoop loop) {
        return Engine.get().allTasks(Objects.requireNonNull(loop, "loop"));
    }

    // Loops.

    /**
     * The loop that runs the caller; asyncio's {@code get_running_loop}.
     *
     * @return the loop
     * @throws NoRunningLoopException if the calling thread runs no loop
     */
    public static EventLoop getRunningLoop() {
        EventLoop loop = Engine.get().getRunningLoopOrNull();
        if (loop == null) {
            throw new NoRunningLoopException(
                    "There is no running event loop: call this in a coroutine or in a callback of a loop");
        }
        return loop;
    }

    /**
     * The running loop, else the loop of this thread; asyncio's {@code get_event_loop}.
     *
     * <p>Where no loop runs, that is the one that was {@linkplain #setEventLoop set} for this thread; if none ever was,
     * one is made and set, on any thread.
     *
     * @return the loop
     * @throws NoRunningLoopException if no loop runs and {@code setEventLoop(null)} was called on this thread, as {@link
     *     #run(Coroutine)} does at its end
     */
    public static EventLoop getEventLoop() {
        return Engine.get().getEventLoop();
    }

    /**
     * A new loop, which is to be closed; asyncio's {@code new_event_loop}. It is not made the thread's loop.
     *
     * @return the loop
     */
    public static EventLoop newEventLoop() {
        return Engine.get().newEventLoop(null);
    }

    /**
     * As {@link #newEventLoop()}, with a carrier of Java bodies.
     *
     * @param carrier the carrier
     * @return the loop
     * @throws IllegalStateException if the JVM does not offer it
     */
    public static EventLoop newEventLoop(Carrier carrier) {
        return Engine.get().newEventLoop(Objects.requireNonNull(carrier, "carrier"));
    }

    /**
     * A new loop on a thread that somebody else drives, a UI's: {@code attachEventLoop(SwingUtilities::invokeLater)},
     * {@code Platform::runLater}, {@code handler::post}. Called on that thread, it makes the loop the running one there
     * until it is closed, in handlers of the UI's events, too.
     *
     * <p>Callbacks, Kotlin bodies and done-callbacks run on that thread. Each iteration of the loop is passed to the
     * executor, and events of the UI come between; timers are told by a thread of their own. A Java body takes its
     * steps on a stack of its own while the UI's thread waits: it may not touch what only that thread may, and must not
     * wait for it. {@code await(loop.runInExecutor(SwingUtilities::invokeLater, …))} does work over there.
     *
     * <p>{@link EventLoop#runForever}, {@link EventLoop#runUntilComplete} and {@link EventLoop#stop} throw {@link
     * IllegalStateException}. {@link EventLoop#close}, on the same thread and not in the loop's own code, cancels what
     * is left, lets it end as far as it goes without waiting, and drops the rest. An executor that turns out to run
     * things on another thread is reported to the exception handler, and whoever waits for the loop elsewhere gets an
     * exception. <b>Thread:</b> the executor's.
     *
     * @param executor runs each {@link Runnable} later, on the calling thread, in order
     * @return the loop, which is to be closed
     * @throws IllegalStateException if a loop is running on the calling thread
     */
    public static EventLoop attachEventLoop(Executor executor) {
        return attachEventLoop(executor, Carrier.AUTO);
    }

    /**
     * As {@link #attachEventLoop(Executor)}, with a carrier of Java bodies.
     *
     * @param executor runs each {@link Runnable} later, on the calling thread, in order
     * @param carrier the carrier
     * @return the loop, which is to be closed
     * @throws IllegalStateException if a loop is running on the calling thread, or the JVM does not offer the carrier
     */
    public static EventLoop attachEventLoop(Executor executor, Carrier carrier) {
        return Engine.get()
                .attachEventLoop(
                        Objects.requireNonNull(executor, "executor"), Objects.requireNonNull(carrier, "carrier"));
    }

    /**
     * Sets the loop of this thread; asyncio's {@code set_event_loop}.
     *
     * @param loop what {@link #getEventLoop()} is to give where no loop runs; null for none
     */
    public static void setEventLoop(@Nullable EventLoop loop) {
        Engine.get().setEventLoop(loop);
    }

    private static List<Coroutine<@Nullable Void>> adapt(VoidCoroutine[] coroutines) {
        List<Coroutine<@Nullable Void>> adapted = new ArrayList<>(coroutines.length);
        for (VoidCoroutine coroutine : coroutines) {
            adapted.add(VoidCoroutineAdapter.adapt(coroutine));
        }
        return adapted;
    }

    private static <A extends Awaitable<?>> List<A> copy(Collection<A> awaitables) {
        List<A> copy = new ArrayList<>(awaitables.size());
        for (A awaitable : awaitables) {
            copy.add(Objects.requireNonNull(awaitable, "awaitables contain null"));
        }
        return copy;
    }

    private static <A extends Awaitable<?>> List<A> copy(A[] awaitables) {
        List<A> copy = new ArrayList<>(awaitables.length);
        for (A awaitable : awaitables) {
            copy.add(Objects.requireNonNull(awaitable, "awaitables contain null"));
        }
        return copy;
    }
}
