package dev.asyncio;

import dev.asyncio.streams.LoopIo;
import dev.asyncio.subprocess.LoopProcesses;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs callbacks and tasks, one at a time; asyncio's event loop.
 *
 * <p>One iteration takes the callbacks that are ready at its start, in the order in which they became ready, and runs
 * them; what they schedule belongs to the next one. Timers that are due come behind what was ready already.
 *
 * <p>Most programs call {@link Asyncio#run(Coroutine)} and never see a loop. Otherwise a loop is made by {@link
 * Asyncio#newEventLoop()} and is to be closed.
 *
 * <p><b>Thread:</b> the loop's, unless a method says otherwise: the callback or task that it runs at the moment, and
 * while it does not run, one thread at a time. In debug mode, callbacks scheduled from elsewhere are refused with
 * {@link WrongLoopThreadException}. Whatever schedules something throws {@link IllegalStateException} once the loop is
 * closed.
 */
public interface EventLoop extends AutoCloseable, LoopIo, LoopProcesses {

    // Running.

    /**
     * Runs until {@link #stop()} is called; asyncio's {@code run_forever}. Blocks the calling thread.
     *
     * @throws IllegalStateException if the loop is running or closed, or if the calling thread runs another one
     */
    void runForever();

    /**
     * Runs until the awaitable is done; asyncio's {@code run_until_complete}. Blocks the calling thread.
     *
     * <p>A coroutine is made a task first. If the awaitable fails, its exception is thrown as it is.
     *
     * @param awaitable a coroutine, or a future of this loop
     * @param <T> the type of the result
     * @return the result
     * @throws CancelledError if it was cancelled
     * @throws IllegalStateException if the loop is running or closed, if the calling thread runs another one, or if the
     *     loop was stopped before the awaitable was done
     * @throws IllegalArgumentException if it is a future of another loop
     */
    <T extends @Nullable Object> T runUntilComplete(Awaitable<T> awaitable);

    /**
     * As {@link #runUntilComplete(Awaitable)}, so that a lambda will do.
     *
     * @param coroutine what to run
     * @param <T> the type of the result
     * @return the result
     */
    default <T extends @Nullable Object> T runUntilComplete(Coroutine<T> coroutine) {
        return runUntilComplete((Awaitable<T>) coroutine);
    }

    /**
     * As {@link #runUntilComplete(Awaitable)}, for a coroutine without a result.
     *
     * @param coroutine what to run
     */
    default void runUntilComplete(VoidCoroutine coroutine) {
        runUntilComplete((Awaitable<@Nullable Void>) VoidCoroutineAdapter.adapt(coroutine));
    }

    /**
     * As {@link #runUntilComplete(Awaitable)}, declaring a checked exception so that it can be caught.
     *
     * @param awaitable a coroutine, or a future of this loop
     * @param declared the type to declare; nothing is converted to it
     * @param <T> the type of the result
     * @param <X> the type to declare
     * @return the result
     * @throws X if the awaitable fails with it
     */
    default <T extends @Nullable Object, X extends Throwable> T runUntilComplete(
            Awaitable<T> awaitable, Class<X> declared) throws X {
        Objects.requireNonNull(declared, "declared");
        return runUntilComplete(awaitable);
    }

    /**
     * As {@link #runUntilComplete(Coroutine)}, declaring a checked exception so that it can be caught.
     *
     * @param coroutine what to run
     * @param declared the type to declare; nothing is converted to it
     * @param <T> the type of the result
     * @param <X> the type to declare
     * @return the result
     * @throws X if the coroutine fails with it
     */
    default <T extends @Nullable Object, X extends Throwable> T runUntilComplete(
            Coroutine<T> coroutine, Class<X> declared) throws X {
        Objects.requireNonNull(declared, "declared");
        return runUntilComplete(coroutine);
    }

    /**
     * As {@link #runUntilComplete(VoidCoroutine)}, declaring a checked exception so that it can be caught.
     *
     * @param coroutine what to run
     * @param declared the type to declare; nothing is converted to it
     * @param <X> the type to declare
     * @throws X if the coroutine fails with it
     */
    default <X extends Throwable> void runUntilComplete(VoidCoroutine coroutine, Class<X> declared) throws X {
        Objects.requireNonNull(declared, "declared");
        runUntilComplete(coroutine);
    }

    /**
     * Ends the run after the current iteration; asyncio's {@code stop}. What that iteration schedules stays for the
     * next run. Of a loop that does not run, the next run is one iteration long.
     *
     * <p>Another thread calls {@code callSoonThreadsafe(loop::stop)}: a loop that waits would not notice the stop
     * alone.
     */
    void stop();

    /**
     * Whether the loop runs; asyncio's {@code is_running}. <b>Thread:</b> any.
     *
     * @return true from the start of a run to its end
     */
    boolean isRunning();

    /**
     * Whether the loop was closed; asyncio's {@code is_closed}. <b>Thread:</b> any.
     *
     * @return true from the first {@link #close()} on
     */
    boolean isClosed();

    /**
     * Drops what is scheduled and shuts the default executor down without waiting for it; asyncio's {@code close}.
     * Again: without effect.
     *
     * <p>Tasks that are still pending never go on; the Java body of one that waits is unwound by an {@code Error}, so that its {@code
     * finally} blocks run. {@link Runner#close()} cancels them first and waits.
     *
     * @throws IllegalStateException if the loop is running
     */
    @Override
    void close();

    // Callbacks.

    /**
     * As {@link #callSoon(Runnable, Context)}, in a copy of the current context.
     *
     * @param callback what to run
     * @return for cancelling it
     */
    default Handle callSoon(Runnable callback) {
        return callSoon(callback, null);
    }

    /**
     * Runs a callback in the next iteration; asyncio's {@code call_soon}. <b>Order:</b> first come, first served.
     *
     * <p>An exception of a callback, here and below, goes to the exception handler.
     *
     * @param callback what to run
     * @param context runs the callback, as it is; null for a copy of the current one
     * @return for cancelling it
     */
    Handle callSoon(Runnable callback, @Nullable Context context);

    /**
     * As {@link #callSoonThreadsafe(Runnable, Context)}, in a copy of the current context.
     *
     * @param callback what to run
     * @return for cancelling it
     */
    default Handle callSoonThreadsafe(Runnable callback) {
        return callSoonThreadsafe(callback, null);
    }

    /**
     * As {@link #callSoon(Runnable, Context)}, from any thread; asyncio's {@code call_soon_threadsafe}. Wakes the loop.
     * <b>Order:</b> calls of one thread keep theirs.
     *
     * @param callback what to run on the loop; it sees what the caller wrote before
     * @param context runs the callback, as it is; null for a copy of the caller's
     * @return for cancelling it, on the loop's thread
     */
    Handle callSoonThreadsafe(Runnable callback, @Nullable Context context);

    /**
     * As {@link #callLater(Duration, Runnable, Context)}, in a copy of the current context.
     *
     * @param delay how long to wait
     * @param callback what to run
     * @return for cancelling it
     */
    default TimerHandle callLater(Duration delay, Runnable callback) {
        return callLater(delay, callback, null);
    }

    /**
     * Runs a callback when some time has passed; asyncio's {@code call_later}. <b>Order:</b> by deadline, those with
     * the same one as they were scheduled.
     *
     * @param delay how long to wait; zero or negative: it runs in the next iteration
     * @param callback what to run
     * @param context runs the callback, as it is; null for a copy of the current one
     * @return for cancelling it
     */
    TimerHandle callLater(Duration delay, Runnable callback, @Nullable Context context);

    /**
     * As {@link #callAt(Duration, Runnable, Context)}, in a copy of the current context.
     *
     * @param when a time of this loop's clock
     * @param callback what to run
     * @return for cancelling it
     */
    default TimerHandle callAt(Duration when, Runnable callback) {
        return callAt(when, callback, null);
    }

    /**
     * Runs a callback at some time; asyncio's {@code call_at}. <b>Order:</b> as for
     * {@link #callLater(Duration, Runnable, Context) callLater}.
     *
     * @param when a time of this loop's clock, see {@link #time()}; if it has passed, the callback runs in the next
     *     iteration
     * @param callback what to run
     * @param context runs the callback, as it is; null for a copy of the current one
     * @return for cancelling it
     */
    TimerHandle callAt(Duration when, Runnable callback, @Nullable Context context);

    /**
     * What the loop's clock shows; asyncio's {@code time}. It never goes back, and counts from an arbitrary start.
     * <b>Thread:</b> any.
     *
     * @return the time since that start
     */
    Duration time();

    // Futures and tasks.

    /**
     * A pending future of this loop; asyncio's {@code create_future}.
     *
     * @param <T> the type of the result
     * @return the future
     */
    <T extends @Nullable Object> Future<T> createFuture();

    /**
     * Starts a coroutine as a task of this loop; asyncio's {@code create_task}. The
     * {@linkplain #setTaskFactory task factory}, if there is one, makes it.
     *
     * @param coroutine the body, which starts in the next iteration
     * @param options name, context and start
     * @param <T> the type of the result
     * @return the task
     */
    <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine, TaskOptions options);

    /**
     * As {@link #createTask(Coroutine, TaskOptions)}, with a generated name.
     *
     * @param coroutine the body
     * @param <T> the type of the result
     * @return the task
     */
    default <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine) {
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
    default <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine, @Nullable String name) {
        return createTask(coroutine, TaskOptions.DEFAULT.withName(name));
    }

    /**
     * As {@link #createTask(Coroutine, TaskOptions)}, for a body without a result and with a generated name.
     *
     * @param coroutine the body
     * @return the task
     */
    default Task<@Nullable Void> createTask(VoidCoroutine coroutine) {
        return createTask(VoidCoroutineAdapter.adapt(coroutine), TaskOptions.DEFAULT);
    }

    /**
     * As {@link #createTask(Coroutine, TaskOptions)}, for a body without a result and with a name.
     *
     * @param coroutine the body
     * @param name the name, or null for a generated one
     * @return the task
     */
    default Task<@Nullable Void> createTask(VoidCoroutine coroutine, @Nullable String name) {
        return createTask(VoidCoroutineAdapter.adapt(coroutine), TaskOptions.DEFAULT.withName(name));
    }

    /**
     * As {@link #createTask(Coroutine, TaskOptions)}, for a body without a result.
     *
     * @param coroutine the body
     * @param options name, context and start
     * @return the task
     */
    default Task<@Nullable Void> createTask(VoidCoroutine coroutine, TaskOptions options) {
        return createTask(VoidCoroutineAdapter.adapt(coroutine), options);
    }

    /**
     * Has all further tasks of this loop made by a factory; asyncio's {@code set_task_factory}.
     *
     * @param factory makes the tasks, or null for the default
     */
    void setTaskFactory(@Nullable TaskFactory factory);

    /**
     * The task factory; asyncio's {@code get_task_factory}.
     *
     * @return what was set, or null for the default
     */
    @Nullable TaskFactory getTaskFactory();

    // Executors.

    /**
     * Has an executor do blocking work, at once; asyncio's {@code run_in_executor}.
     *
     * <p>The work runs beside the loop, without the caller's context variables; an exception of it becomes that of the
     * future. <b>Cancellation:</b> of the future, prevents work that has not started; work that has goes on and its
     * result is dropped. {@link Asyncio#toThread(Callable)} is the cold form and keeps the context.
     *
     * <p>Work that is {@link java.io.Serializable} may leave the process, as in asyncio that for a {@code
     * ProcessPoolExecutor} does: it is submitted as it is to an {@link java.util.concurrent.ExecutorService} that is
     * neither one of the JDK's nor an {@link java.util.concurrent.AbstractExecutorService}, so to that of a cluster.
     *
     * @param executor does the work; null for the default one, which has up to 32 threads named {@code asyncio_N}
     * @param callable the work
     * @param <T> the type of the result
     * @return a future of this loop
     * @throws IllegalStateException if the loop is closed, or if the default executor is wanted and was shut down
     */
    <T extends @Nullable Object> Future<T> runInExecutor(@Nullable Executor executor, Callable<T> callable);

    /**
     * As {@link #runInExecutor(Executor, Callable)}, for work without a result.
     *
     * @param executor does the work; null for the default one
     * @param callable the work
     * @return a future of this loop
     */
    default Future<@Nullable Void> runInExecutor(@Nullable Executor executor, VoidCallable callable) {
        return runInExecutor(executor, VoidCallableAdapter.adapt(callable));
    }

    /**
     * Closes all generators of this loop that are still open; asyncio's {@code shutdown_asyncgens}. {@link Runner} does
     * so at its end. What a generator fails with goes to the exception handler.
     *
     * @return a cold coroutine
     * @see AsyncIterators#generate
     */
    @CheckReturnValue
    Coroutine<@Nullable Void> shutdownAsyncgens();

    /**
     * Replaces the default executor; asyncio's {@code set_default_executor}. One that is an
     * {@link java.util.concurrent.ExecutorService} is shut down with the loop.
     *
     * @param executor does the work for which no executor is named
     */
    void setDefaultExecutor(Executor executor);

    /**
     * As {@link #shutdownDefaultExecutor(Duration)}, without a limit.
     *
     * @return a cold coroutine
     */
    @CheckReturnValue
    default Coroutine<@Nullable Void> shutdownDefaultExecutor() {
        return shutdownDefaultExecutor(null);
    }

    /**
     * Refuses new work for the default executor and waits until what it has is done; asyncio's
     * {@code shutdown_default_executor}. The loop goes on meanwhile.
     *
     * @param timeout how long to wait; when it is over, a warning is logged and the threads are left alone. Null for no
     *     limit
     * @return a cold coroutine
     */
    @CheckReturnValue
    Coroutine<@Nullable Void> shutdownDefaultExecutor(@Nullable Duration timeout);

    // Errors and debugging.

    /**
     * Sets who is told of exceptions that nobody waits for; asyncio's {@code set_exception_handler}.
     *
     * @param handler the handler, or null for the {@linkplain #defaultExceptionHandler default}
     */
    void setExceptionHandler(@Nullable ExceptionHandler handler);

    /**
     * The exception handler; asyncio's {@code get_exception_handler}.
     *
     * @return what was set, or null for the default
     */
    @Nullable ExceptionHandler getExceptionHandler();

    /**
     * Logs a report as an error of the {@code java.util.logging} logger {@code asyncio}; asyncio's
     * {@code default_exception_handler}. For handlers that want no more than to add to it.
     *
     * @param context the report
     */
    void defaultExceptionHandler(ExceptionContext context);

    /**
     * Gives a report to the exception handler; asyncio's {@code call_exception_handler}.
     *
     * @param context the report
     */
    void callExceptionHandler(ExceptionContext context);

    /**
     * Whether debug mode is on; asyncio's {@code get_debug}.
     *
     * @return the flag
     */
    boolean getDebug();

    /**
     * Switches debug mode, also while the loop runs; asyncio's {@code set_debug}.
     *
     * <p>In debug mode the loop looks for calls from wrong threads, callbacks and steps that take too long, coroutines
     * that were returned and not awaited, cancellations that were caught and forgotten, bodies that pin their carrier
     * thread, transports that nobody has closed when the loop is, and records where futures and handles were made. All
     * that costs time.
     *
     * <p>It is on from the start with the system property {@code dev.asyncio.debug=true} or the environment variable
     * {@code DEV_ASYNCIO_DEBUG}.
     *
     * @param enabled the flag
     */
    void setDebug(boolean enabled);

    /**
     * From when on a callback or a step of a task is logged as slow in debug mode; asyncio's
     * {@code slow_callback_duration}.
     *
     * @return the limit, 100 ms at first
     */
    Duration getSlowCallbackDuration();

    /**
     * Sets the limit of {@link #getSlowCallbackDuration()}.
     *
     * @param duration the limit
     */
    void setSlowCallbackDuration(Duration duration);

    // Signals.

    /**
     * Runs a callback on this loop whenever the process gets a signal; asyncio's {@code add_signal_handler}. A signal
     * has one handler: another call replaces it, and a handler of another loop has the signal until it is removed or that
     * loop is closed. Each time, the callback runs in the same copy of the context that this is called in.
     *
     * @param signal the name, such as {@code "TERM"} or {@code "SIGTERM"}
     * @param callback what to run
     * @throws IllegalArgumentException if there is no such signal
     * @throws IllegalStateException if it cannot be caught ({@code KILL}, {@code STOP}), or if the JVM keeps it to itself:
     *     {@code QUIT}, {@code FPE}, {@code ILL} and {@code SEGV}, and those that end it if it runs with {@code -Xrs}
     * @throws UnsupportedOperationException if the platform has no signals
     */
    void addSignalHandler(String signal, Runnable callback);

    /**
     * Gives a signal back to the handler that had it before, of whatever loop, or its former effect; asyncio's
     * {@code remove_signal_handler}.
     *
     * @param signal the name
     * @return whether this loop had a handler for it
     * @throws IllegalArgumentException if there is no such signal
     */
    boolean removeSignalHandler(String signal);
}
