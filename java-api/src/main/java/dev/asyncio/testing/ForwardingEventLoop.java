package dev.asyncio.testing;

import dev.asyncio.Awaitable;
import dev.asyncio.Context;
import dev.asyncio.Coroutine;
import dev.asyncio.EventLoop;
import dev.asyncio.ExceptionContext;
import dev.asyncio.ExceptionHandler;
import dev.asyncio.Future;
import dev.asyncio.Handle;
import dev.asyncio.Task;
import dev.asyncio.TaskFactory;
import dev.asyncio.TaskOptions;
import dev.asyncio.TimerHandle;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Hands every call on to another loop. Only the abstract methods of {@link EventLoop} are here: its default methods
 * lead to them.
 */
abstract class ForwardingEventLoop implements EventLoop {

    // A method and not a field: the subclass can make its peer, which wants `this`, in its own constructor.
    abstract EventLoop delegate();

    @Override
    public void runForever() {
        delegate().runForever();
    }

    @Override
    public <T extends @Nullable Object> T runUntilComplete(Awaitable<T> awaitable) {
        return delegate().runUntilComplete(awaitable);
    }

    @Override
    public void stop() {
        delegate().stop();
    }

    @Override
    public boolean isRunning() {
        return delegate().isRunning();
    }

    @Override
    public boolean isClosed() {
        return delegate().isClosed();
    }

    @Override
    public void close() {
        delegate().close();
    }

    @Override
    public Handle callSoon(Runnable callback, @Nullable Context context) {
        return delegate().callSoon(callback, context);
    }

    @Override
    public Handle callSoonThreadsafe(Runnable callback, @Nullable Context context) {
        return delegate().callSoonThreadsafe(callback, context);
    }

    @Override
    public TimerHandle callLater(Duration delay, Runnable callback, @Nullable Context context) {
        return delegate().callLater(delay, callback, context);
    }

    @Override
    public TimerHandle callAt(Duration when, Runnable callback, @Nullable Context context) {
        return delegate().callAt(when, callback, context);
    }

    @Override
    public Duration time() {
        return delegate().time();
    }

    @Override
    public <T extends @Nullable Object> Future<T> createFuture() {
        return delegate().createFuture();
    }

    @Override
    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T> coroutine, TaskOptions options) {
        return delegate().createTask(coroutine, options);
    }

    @Override
    public void setTaskFactory(@Nullable TaskFactory factory) {
        delegate().setTaskFactory(factory);
    }

    @Override
    public @Nullable TaskFactory getTaskFactory() {
        return delegate().getTaskFactory();
    }

    @Override
    public <T extends @Nullable Object> Future<T> runInExecutor(@Nullable Executor executor, Callable<T> callable) {
        return delegate().runInExecutor(executor, callable);
    }

    @Override
    public Coroutine<@Nullable Void> shutdownAsyncgens() {
        return delegate().shutdownAsyncgens();
    }

    @Override
    public void setDefaultExecutor(Executor executor) {
        delegate().setDefaultExecutor(executor);
    }

    @Override
    public Coroutine<@Nullable Void> shutdownDefaultExecutor(@Nullable Duration timeout) {
        return delegate().shutdownDefaultExecutor(timeout);
    }

    @Override
    public void setExceptionHandler(@Nullable ExceptionHandler handler) {
        delegate().setExceptionHandler(handler);
    }

    @Override
    public @Nullable ExceptionHandler getExceptionHandler() {
        return delegate().getExceptionHandler();
    }

    @Override
    public void defaultExceptionHandler(ExceptionContext context) {
        delegate().defaultExceptionHandler(context);
    }

    @Override
    public void callExceptionHandler(ExceptionContext context) {
        delegate().callExceptionHandler(context);
    }

    @Override
    public boolean getDebug() {
        return delegate().getDebug();
    }

    @Override
    public void setDebug(boolean enabled) {
        delegate().setDebug(enabled);
    }

    @Override
    public Duration getSlowCallbackDuration() {
        return delegate().getSlowCallbackDuration();
    }

    @Override
    public void setSlowCallbackDuration(Duration duration) {
        delegate().setSlowCallbackDuration(duration);
    }

    @Override
    public void addSignalHandler(String signal, Runnable callback) {
        delegate().addSignalHandler(signal, callback);
    }

    @Override
    public boolean removeSignalHandler(String signal) {
        return delegate().removeSignalHandler(signal);
    }

    @Override
    public String toString() {
        return delegate().toString();
    }
}
