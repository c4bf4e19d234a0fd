package dev.asyncio;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value or an exception; what {@code gather(return_exceptions=True)} gives for each awaitable.
 *
 * @param <T> the type of the value
 */
public final class Outcome<T extends @Nullable Object> {
    private final @Nullable T value;
    private final @Nullable Throwable exception;

    private Outcome(@Nullable T value, @Nullable Throwable exception) {
        this.value = value;
        this.exception = exception;
    }

    public static <T extends @Nullable Object> Outcome<T> success(T value) {
        return new Outcome<>(value, null);
    }

    public static <T extends @Nullable Object> Outcome<T> failure(Throwable exception) {
        return new Outcome<>(null, Objects.requireNonNull(exception, "exception"));
    }

    public boolean isSuccess() {
        return exception == null;
    }

    @SuppressWarnings("NullAway") // A success holds what was given, null only where T allows it.
    public T value() {
        if (exception != null) {
            throw new IllegalStateException("There is no value, but an exception: " + exception, exception);
        }
        return value;
    }

    public @Nullable Throwable exception() {
        return exception;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Outcome
                && Objects.equals(value, ((Outcome<?>) other).value)
                && Objects.equals(exception, ((Outcome<?>) other).exception);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hashCode(value) + Objects.hashCode(exception);
    }

    @Override
    public String toString() {
        return exception == null ? "Success[" + value + "]" : "Failure[" + exception + "]";
    }
}
