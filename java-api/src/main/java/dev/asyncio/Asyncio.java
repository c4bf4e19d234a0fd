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
import org.jspecify.annotations.Nullable;

/** The functions of the {@code asyncio} module. */
public final class Asyncio {
    private Asyncio() {}

    // Running.

    public static <T extends @Nullable Object> T run(Coroutine<T> main) {
        return run(main, RunnerOptions.DEFAULT);
    }

    public static void run(VoidCoroutine main) {
        run(VoidCoroutineAdapter.adapt(main), RunnerOptions.DEFAULT);
    }

    public static <T extends @Nullable Object> T run(Coroutine<T> main, RunnerOptions options) {
        Objects.requireNonNull(main, "main");
        try (Runner runner = new Runner(options)) {
            return runner.run(main);
        }
    }

    public static void run(VoidCoroutine main, RunnerOptions options) {
        run(VoidCoroutineAdapter.adapt(main), options);
    }

    public static <T extends @Nullable Object, X extends Throwable> T run(Coroutine<T> main, Class<X> declared)
            throws X {
        return run(main, RunnerOptions.DEFAULT, declared);
    }

    public static <X extends Throwable> void run(VoidCoroutine main, Class<X> declared) throws X {
        run(main, RunnerOptions.DEFAULT, declared);
    }

    public static <T extends @Nullable Object, X extends Throwable> T run(
            Coroutine<T> main, RunnerOptions options, Class<X> declared) throws X {
        Objects.requireNonNull(declared, "declared");
        return run(main, options);
    }

    public static <X extends Throwable> void run(VoidCoroutine main, RunnerOptions options, Class<X> declared)
            throws X {
        Objects.requireNonNull(declared, "declared");
        run(main, options);
    }

    public static <T extends @Nullable Object> CompletableFuture<T> runCoroutineThreadsafe(
            Coroutine<T> coroutine, EventLoop loop) {
        Objects.requireNonNull(coroutine, "coroutine");
        Objects.requireNonNull(loop, "loop");
        return Engine.get().runCoroutineThreadsafe(coroutine, loop);
    }

    public static CompletableFuture<@Nullable Void> runCoroutineThreadsafe(VoidCoroutine coroutine, EventLoop loop) {
        return runCoroutineThreadsafe(VoidCoroutineAdapter.adapt(coroutine), loop);
    }

    // Awaiting.

    public static <T extends @Nullable Object> T await(Awaitable<T> awaitable) {
        return Engine.get().await(Objects.requireNonNull(awaitable, "awaitable"));
    }

    public static <T extends @Nullable Object> T await(Coroutine<T> coroutine) {
        return Engine.get().await(Objects.requireNonNull(coroutine, "coroutine"));
    }

    public static void await(VoidCoroutine coroutine) {
        Engine.get().await(VoidCoroutineAdapter.adapt(coroutine));
    }

    public static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
        return await(wrapFuture(stage));
    }

    public static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
        return await(wrapFuture(future));
    }

    public static <T extends @Nullable Object> T await(java.util.concurrent.Future<T> future) {
        return await(wrapFuture(future));
    }

    public static <T extends @Nullable Object, X extends Throwable> T await(Awaitable<T> awaitable, Class<X> declared)
            throws X {
        Objects.requireNonNull(declared, "declared");
        return await(awaitable);
    }

    public static <T extends @Nullable Object, X extends Throwable> T await(Coroutine<T> coroutine, Class<X> declared)
            throws X {
        Objects.requireNonNull(declared, "declared");
        return await(coroutine);
    }

    public static <X extends Throwable> void await(VoidCoroutine coroutine, Class<X> declared) throws X {
        Objects.requireNonNull(declared, "declared");
        await(coroutine);
    }

    public static <T extends @Nullable Object, X extends Throwable> T await(
            CompletionStage<T> stage, Class<X> declared) throws X {
        Objects.requireNonNull(declared, "declared");
        return await(stage);
    }

    public static <T extends @Nullable Object, X extends Throwable> T await(
            CompletableFuture<T> future, Class<X> declared) throws X {
        Objects.requireNonNull(declared, "declared");
        return await(future);
    }

    public static <T extends @Nullable Object, X extends Throwable> T await(
            java.util.concurrent.Future<T> future, Class<X> declared) throws X {
        Objects.requireNonNull(declared, "declared");
        return await(future);
    }

    // Making coroutines, tasks and futures.

    public static <T extends @Nullable Object> Coroutine<T> coroutine(Coroutine<T> body) {
        return Objects.requireNonNull(body, "body");
    }

    public static Coroutine<@Nullable Void> coroutine(VoidCoroutine body) {
        return VoidCoroutineAdapter.adapt(body);
    }

    public static <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine) {
        return createTask(coroutine, TaskOptions.DEFAULT);
    }

    public static <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine, @Nullable String name) {
        return createTask(coroutine, TaskOptions.DEFAULT.withName(name));
    }

    public static <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine, TaskOptions options) {
        Objects.requireNonNull(coroutine, "coroutine");
        Objects.requireNonNull(options, "options");
        return Engine.get().createTask(coroutine, options);
    }

    public static Task<@Nullable Void> createTask(VoidCoroutine coroutine) {
        return createTask(VoidCoroutineAdapter.adapt(coroutine), TaskOptions.DEFAULT);
    }

    public static Task<@Nullable Void> createTask(VoidCoroutine coroutine, @Nullable String name) {
        return createTask(VoidCoroutineAdapter.adapt(coroutine), TaskOptions.DEFAULT.withName(name));
    }

    public static Task<@Nullable Void> createTask(VoidCoroutine coroutine, TaskOptions options) {
        return createTask(VoidCoroutineAdapter.adapt(coroutine), options);
    }

    public static TaskFactory eagerTaskFactory() {
        return Engine.get().eagerTaskFactory();
    }

    public static <T extends @Nullable Object> Future<T> ensureFuture(Awaitable<T> awaitable) {
        return Engine.get().ensureFuture(Objects.requireNonNull(awaitable, "awaitable"));
    }

    public static <T extends @Nullable Object> Future<T> ensureFuture(Coroutine<T> coroutine) {
        return Engine.get().ensureFuture(Objects.requireNonNull(coroutine, "coroutine"));
    }

    public static Future<@Nullable Void> ensureFuture(VoidCoroutine coroutine) {
        return Engine.get().ensureFuture(VoidCoroutineAdapter.adapt(coroutine));
    }

    public static <T extends @Nullable Object> Future<T> wrapFuture(CompletionStage<T> stage) {
        return Engine.get().wrapStage(Objects.requireNonNull(stage, "stage"));
    }

    public static <T extends @Nullable Object> Future<T> wrapFuture(CompletableFuture<T> future) {
        return Engine.get().wrapStage(Objects.requireNonNull(future, "future"));
    }

    public static <T extends @Nullable Object> Future<T> wrapFuture(java.util.concurrent.Future<T> future) {
        Objects.requireNonNull(future, "future");
        return Engine.get().wrapBlocking(future);
    }

    // Composition.

    public static <T extends @Nullable Object> Future<List<T>> gather() {
        return Engine.get().gather(Collections.<Awaitable<T>>emptyList());
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // Only read.
    public static <T extends @Nullable Object> Future<List<T>> gather(Awaitable<? extends T>... awaitables) {
        return Engine.get().gather(copy(awaitables));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // Only read.
    public static <T extends @Nullable Object> Future<List<T>> gather(Coroutine<? extends T>... coroutines) {
        return Engine.get().gather(copy(coroutines));
    }

    public static Future<List<@Nullable Void>> gather(VoidCoroutine... coroutines) {
        return gather(adapt(coroutines));
    }

    public static <T extends @Nullable Object> Future<List<T>> gather(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return Engine.get().gather(copy(awaitables));
    }

    public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes() {
        return Engine.get().gatherOutcomes(Collections.<Awaitable<T>>emptyList());
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // Only read.
    public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
            Awaitable<? extends T>... awaitables) {
        return Engine.get().gatherOutcomes(copy(awaitables));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // Only read.
    public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
            Coroutine<? extends T>... coroutines) {
        return Engine.get().gatherOutcomes(copy(coroutines));
    }

    public static Future<List<Outcome<@Nullable Void>>> gatherOutcomes(VoidCoroutine... coroutines) {
        return gatherOutcomes(adapt(coroutines));
    }

    public static <T extends @Nullable Object> Future<List<Outcome<T>>> gatherOutcomes(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return Engine.get().gatherOutcomes(copy(awaitables));
    }

    @CheckReturnValue
    public static <T extends @Nullable Object> Coroutine<WaitResult<T>> wait(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return Engine.get().wait(copy(awaitables), null, ReturnWhen.ALL_COMPLETED);
    }

    @CheckReturnValue
    public static <T extends @Nullable Object> Coroutine<WaitResult<T>> wait(
            Collection<? extends Awaitable<? extends T>> awaitables, @Nullable Duration timeout) {
        return Engine.get().wait(copy(awaitables), timeout, ReturnWhen.ALL_COMPLETED);
    }

    @CheckReturnValue
    public static <T extends @Nullable Object> Coroutine<WaitResult<T>> wait(
            Collection<? extends Awaitable<? extends T>> awaitables, ReturnWhen returnWhen) {
        return wait(awaitables, null, returnWhen);
    }

    @CheckReturnValue
    public static <T extends @Nullable Object> Coroutine<WaitResult<T>> wait(
            Collection<? extends Awaitable<? extends T>> awaitables,
            @Nullable Duration timeout,
            ReturnWhen returnWhen) {
        Objects.requireNonNull(returnWhen, "returnWhen");
        return Engine.get().wait(copy(awaitables), timeout, returnWhen);
    }

    @CheckReturnValue
    public static <T extends @Nullable Object> Coroutine<T> waitFor(
            Awaitable<T> awaitable, @Nullable Duration timeout) {
        return Engine.get().waitFor(Objects.requireNonNull(awaitable, "awaitable"), timeout);
    }

    @CheckReturnValue
    public static <T extends @Nullable Object> Coroutine<T> waitFor(
            Coroutine<T> coroutine, @Nullable Duration timeout) {
        return Engine.get().waitFor(Objects.requireNonNull(coroutine, "coroutine"), timeout);
    }

    @CheckReturnValue
    public static Coroutine<@Nullable Void> waitFor(VoidCoroutine coroutine, @Nullable Duration timeout) {
        return Engine.get().waitFor(VoidCoroutineAdapter.adapt(coroutine), timeout);
    }

    public static <T extends @Nullable Object> AsCompleted<T> asCompleted(
            Collection<? extends Awaitable<? extends T>> awaitables) {
        return asCompleted(awaitables, null);
    }

    public static <T extends @Nullable Object> AsCompleted<T> asCompleted(
            Collection<? extends Awaitable<? extends T>> awaitables, @Nullable Duration timeout) {
        return Engine.get().asCompleted(copy(awaitables), timeout);
    }

    public static <T extends @Nullable Object> Future<T> shield(Awaitable<T> awaitable) {
        return Engine.get().shield(Objects.requireNonNull(awaitable, "awaitable"));
    }

    public static <T extends @Nullable Object> Future<T> shield(Coroutine<T> coroutine) {
        return Engine.get().shield(Objects.requireNonNull(coroutine, "coroutine"));
    }

    public static Future<@Nullable Void> shield(VoidCoroutine coroutine) {
        return Engine.get().shield(VoidCoroutineAdapter.adapt(coroutine));
    }

    @CheckReturnValue
    public static Coroutine<@Nullable Void> sleep(Duration delay) {
        return Engine.get().sleep(Objects.requireNonNull(delay, "delay"));
    }

    @CheckReturnValue
    public static <T extends @Nullable Object> Coroutine<T> sleep(Duration delay, T result) {
        return Engine.get().sleep(Objects.requireNonNull(delay, "delay"), result);
    }

    @CheckReturnValue
    public static <T extends @Nullable Object> Coroutine<T> timeout(@Nullable Duration delay, Coroutine<T> body) {
        return Engine.get().timeout(delay, Objects.requireNonNull(body, "body"));
    }

    @CheckReturnValue
    public static Coroutine<@Nullable Void> timeout(@Nullable Duration delay, VoidCoroutine body) {
        return Engine.get().timeout(delay, VoidCoroutineAdapter.adapt(body));
    }

    @CheckReturnValue
    public static <T extends @Nullable Object> Coroutine<T> timeoutAt(@Nullable Duration when, Coroutine<T> body) {
        Objects.requireNonNull(body, "body");
        return () -> await(Timeout.at(when).enter(body));
    }

    @CheckReturnValue
    public static Coroutine<@Nullable Void> timeoutAt(@Nullable Duration when, VoidCoroutine body) {
        return timeoutAt(when, VoidCoroutineAdapter.adapt(body));
    }

    @CheckReturnValue
    public static Coroutine<@Nullable Void> taskGroup(TaskGroupBody body) {
        Objects.requireNonNull(body, "body");
        return () -> {
            TaskGroup group = new TaskGroup();
            return await(group.enter(coroutine(() -> body.run(group))));
        };
    }

    @CheckReturnValue
    public static <T extends @Nullable Object> Coroutine<T> toThread(Callable<T> callable) {
        return Engine.get().toThread(Objects.requireNonNull(callable, "callable"));
    }

    @CheckReturnValue
    public static Coroutine<@Nullable Void> toThread(VoidCallable callable) {
        return Engine.get().toThread(VoidCallableAdapter.adapt(callable));
    }

    // Tasks.

    public static @Nullable Task<?> currentTask() {
        return Engine.get().currentTask(null);
    }

    public static @Nullable Task<?> currentTask(EventLoop loop) {
        return Engine.get().currentTask(Objects.requireNonNull(loop, "loop"));
    }

    public static Set<Task<?>> allTasks() {
        return Engine.get().allTasks(null);
    }

    public static Set<Task<?>> allTasks(EventLoop loop) {
        return Engine.get().allTasks(Objects.requireNonNull(loop, "loop"));
    }

    // Loops.

    public static EventLoop getRunningLoop() {
        EventLoop loop = Engine.get().getRunningLoopOrNull();
        if (loop == null) {
            throw new NoRunningLoopException("There is no running event loop on this thread");
        }
        return loop;
    }

    public static EventLoop getEventLoop() {
        return Engine.get().getEventLoop();
    }

    public static EventLoop newEventLoop() {
        return Engine.get().newEventLoop(null);
    }

    public static EventLoop newEventLoop(Carrier carrier) {
        return Engine.get().newEventLoop(Objects.requireNonNull(carrier, "carrier"));
    }

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
