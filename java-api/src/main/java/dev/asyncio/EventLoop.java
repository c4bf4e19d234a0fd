package dev.asyncio;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Runs callbacks and tasks, one at a time; asyncio's {@code AbstractEventLoop}. */
public interface EventLoop extends AutoCloseable {

    // Running.

    void runForever();

    <T extends @Nullable Object> T runUntilComplete(Awaitable<T> awaitable);

    default <T extends @Nullable Object> T runUntilComplete(Coroutine<T> coroutine) {
        return runUntilComplete((Awaitable<T>) coroutine);
    }

    default void runUntilComplete(VoidCoroutine coroutine) {
        runUntilComplete((Awaitable<@Nullable Void>) VoidCoroutineAdapter.adapt(coroutine));
    }

    default <T extends @Nullable Object, X extends Throwable> T runUntilComplete(
            Awaitable<T> awaitable, Class<X> declared) throws X {
        return runUntilComplete(awaitable);
    }

    default <T extends @Nullable Object, X extends Throwable> T runUntilComplete(
            Coroutine<T> coroutine, Class<X> declared) throws X {
        return runUntilComplete((Awaitable<T>) coroutine);
    }

    default <X extends Throwable> void runUntilComplete(VoidCoroutine coroutine, Class<X> declared) throws X {
        runUntilComplete(coroutine);
    }

    void stop();

    boolean isRunning();

    boolean isClosed();

    @Override
    void close();

    // Callbacks.

    default Handle callSoon(Runnable callback) {
        return callSoon(callback, null);
    }

    Handle callSoon(Runnable callback, @Nullable Context context);

    default Handle callSoonThreadsafe(Runnable callback) {
        return callSoonThreadsafe(callback, null);
    }

    Handle callSoonThreadsafe(Runnable callback, @Nullable Context context);

    default TimerHandle callLater(Duration delay, Runnable callback) {
        return callLater(delay, callback, null);
    }

    TimerHandle callLater(Duration delay, Runnable callback, @Nullable Context context);

    default TimerHandle callAt(Duration when, Runnable callback) {
        return callAt(when, callback, null);
    }

    TimerHandle callAt(Duration when, Runnable callback, @Nullable Context context);

    Duration time();

    // Futures and tasks.

    <T extends @Nullable Object> Future<T> createFuture();

    <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine, TaskOptions options);

    default <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine) {
        return createTask(coroutine, TaskOptions.DEFAULT);
    }

    default <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine, @Nullable String name) {
        return createTask(coroutine, TaskOptions.DEFAULT.withName(name));
    }

    default Task<@Nullable Void> createTask(VoidCoroutine coroutine) {
        return createTask(VoidCoroutineAdapter.adapt(coroutine), TaskOptions.DEFAULT);
    }

    default Task<@Nullable Void> createTask(VoidCoroutine coroutine, @Nullable String name) {
        return createTask(VoidCoroutineAdapter.adapt(coroutine), TaskOptions.DEFAULT.withName(name));
    }

    default Task<@Nullable Void> createTask(VoidCoroutine coroutine, TaskOptions options) {
        return createTask(VoidCoroutineAdapter.adapt(coroutine), options);
    }

    void setTaskFactory(@Nullable TaskFactory factory);

    @Nullable TaskFactory getTaskFactory();

    // Executors.

    <T extends @Nullable Object> Future<T> runInExecutor(@Nullable Executor executor, Callable<T> callable);

    default Future<@Nullable Void> runInExecutor(@Nullable Executor executor, VoidCallable callable) {
        return runInExecutor(executor, VoidCallableAdapter.adapt(callable));
    }

    void setDefaultExecutor(Executor executor);

    default Coroutine<@Nullable Void> shutdownDefaultExecutor() {
        return shutdownDefaultExecutor(null);
    }

    Coroutine<@Nullable Void> shutdownDefaultExecutor(@Nullable Duration timeout);

    // Errors and debugging.

    void setExceptionHandler(@Nullable ExceptionHandler handler);

    @Nullable ExceptionHandler getExceptionHandler();

    void defaultExceptionHandler(ExceptionContext context);

    void callExceptionHandler(ExceptionContext context);

    boolean getDebug();

    void setDebug(boolean enabled);

    Duration getSlowCallbackDuration();

    void setSlowCallbackDuration(Duration duration);

    // Signals.

    void addSignalHandler(String signal, Runnable callback);

    boolean removeSignalHandler(String signal);
}
