package dev.asyncio;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A result that is not there yet; asyncio's {@code Future}.
 *
 * @param <T> the type of the result
 */
public interface Future<T extends @Nullable Object> extends Awaitable<T> {
    /** Whether there is a result, an exception or a cancellation. */
    boolean done();

    /** Whether the future ended cancelled. */
    boolean cancelled();

    /** Cancels without a message. */
    default boolean cancel() {
        return cancel(null);
    }

    boolean cancel(@Nullable String message);

    T result();

    default <X extends Throwable> T result(Class<X> declared) throws X {
        return result();
    }

    @Nullable Throwable exception();

    void setResult(T result);

    void setException(Throwable exception);

    default void addDoneCallback(Consumer<? super Future<T>> callback) {
        addDoneCallback(callback, null);
    }

    void addDoneCallback(Consumer<? super Future<T>> callback, @Nullable Context context);

    int removeDoneCallback(Consumer<? super Future<T>> callback);

    EventLoop getLoop();

    CompletableFuture<T> toCompletableFuture();
}
