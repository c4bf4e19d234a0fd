package dev.asyncio;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A result that will be there at some time; asyncio's {@code Future}.
 *
 * <p>A future is pending until it gets, once and for all, a result, an exception or a cancellation. It can be awaited
 * any number of times, by any number of tasks of its loop: {@link Asyncio#await(Awaitable)}. No method blocks, and none
 * runs a callback: callbacks and the tasks that wait are scheduled with {@link EventLoop#callSoon(Runnable)}, in the
 * order in which they were added.
 *
 * <p>A future that ends with an exception which nobody retrieves, by awaiting it or by {@link #result()} or {@link
 * #exception()}, is reported to the loop's {@linkplain EventLoop#setExceptionHandler exception handler} once it is
 * garbage.
 *
 * <p>Made by {@link EventLoop#createFuture()}. <b>Thread:</b> the loop's.
 *
 * @param <T> the type of the result
 */
public interface Future<T extends @Nullable Object> extends Awaitable<T> {
    /**
     * Whether the future has a result, an exception or a cancellation; asyncio's {@code done}.
     *
     * @return false while it is pending
     */
    boolean done();

    /**
     * Whether the future ended cancelled; asyncio's {@code cancelled}.
     *
     * @return false while it is pending, or if it has a result or an exception
     */
    boolean cancelled();

    /**
     * Cancels without a message, as {@link #cancel(String)}.
     *
     * @return whether the request was accepted
     */
    default boolean cancel() {
        return cancel(null);
    }

    /**
     * Cancels the future and schedules its callbacks, or asks a {@link Task} to cancel itself; asyncio's {@code
     * cancel}.
     *
     * <p>A plain future is cancelled when this returns. A task is not: at its next step {@link CancelledError} is
     * thrown where it awaits, and it may clean up, refuse, or fail with something else.
     *
     * @param message the message of the {@link CancelledError}, or null for none
     * @return whether the request was accepted: false if the future was already done
     */
    boolean cancel(@Nullable String message);

    /**
     * The result of a future that is done; asyncio's {@code result}. Never waits.
     *
     * <p>If the future has an exception, that one is thrown, whatever its type.
     *
     * @return the result
     * @throws CancelledError if the future was cancelled
     * @throws InvalidStateException if it is not done
     */
    T result();

    /**
     * As {@link #result()}, declaring a checked exception so that it can be caught.
     *
     * @param declared the type to declare; nothing is converted to it
     * @param <X> the type to declare
     * @return the result
     * @throws X if the future has such an exception
     */
    default <X extends Throwable> T result(Class<X> declared) throws X {
        Objects.requireNonNull(declared, "declared");
        return result();
    }

    /**
     * The exception of a future that is done; asyncio's {@code exception}.
     *
     * @return the exception, or null if there is a result
     * @throws CancelledError if the future was cancelled
     * @throws InvalidStateException if it is not done
     */
    @Nullable Throwable exception();

    /**
     * Ends the future with a result; asyncio's {@code set_result}.
     *
     * @param result the result
     * @throws InvalidStateException if the future is done
     * @throws IllegalStateException if this is a task, whose result is that of its coroutine
     */
    void setResult(T result);

    /**
     * Ends the future with an exception; asyncio's {@code set_exception}.
     *
     * @param exception the exception, thrown as it is by {@link #result()} and by every await; a
     *     {@code CancellationException} that a Kotlin body gives is a {@link CancelledError}
     * @throws InvalidStateException if the future is done
     * @throws IllegalStateException if this is a task, whose outcome is that of its coroutine
     */
    void setException(Throwable exception);

    /**
     * Calls back when the future is done, in a copy of the current context; see
     * {@link #addDoneCallback(Consumer, Context)}.
     *
     * @param callback is given this future
     */
    default void addDoneCallback(Consumer<? super Future<T>> callback) {
        addDoneCallback(callback, null);
    }

    /**
     * Calls back when the future is done; asyncio's {@code add_done_callback}.
     *
     * <p>The callback runs on the loop, never within this call: if the future is done already, it is scheduled at once.
     * An exception that it throws goes to the loop's exception handler.
     *
     * @param callback is given this future; added twice, it is called twice
     * @param context runs the callback, as it is; null for a copy of the current one
     */
    void addDoneCallback(Consumer<? super Future<T>> callback, @Nullable Context context);

    /**
     * Takes back a callback that was not yet scheduled; asyncio's {@code remove_done_callback}.
     *
     * @param callback the very object that was added: a lambda written again is another one
     * @return how many times it had been added
     */
    int removeDoneCallback(Consumer<? super Future<T>> callback);

    /**
     * The loop that this future belongs to; asyncio's {@code get_loop}. <b>Thread:</b> any.
     *
     * @return the loop
     */
    EventLoop getLoop();

    /**
     * This future for other threads and libraries.
     *
     * <p>The result can be used on any thread. In the loop's own code, as long as it is not done, {@code get} and
     * {@code join} throw {@link IllegalStateException}, which goes for stages made of it, too: await it there. Cancelling
     * it cancels this future, through its loop.
     *
     * @return a new one, which is completed as soon as this future is done
     */
    CompletableFuture<T> toCompletableFuture();
}
