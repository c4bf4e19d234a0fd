package dev.asyncio;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value or an exception; an element of the list that asyncio's {@code gather(return_exceptions=True)} gives.
 *
 * @param <T> the type of the value
 * @see Asyncio#gatherOutcomes(java.util.Collection)
 */
public final class Outcome<T extends @Nullable Object> {
    private final @Nullable T value;
    private final @Nullable Throwable exception;

    private Outcome(@Nullable T value, @Nullable Throwable exception) {
        this.value = value;
        this.exception = exception;
    }

    /**
     * An outcome with a value.
     *
     * @param value the value
     * @param <T> its type
     * @return the outcome
     */
    public static <T extends @Nullable Object> Outcome<T> success(T value) {
        return new Outcome<>(value, null);
    }

    /**
     * An outcome with an exception.
     *
     * @param exception the exception
     * @param <T> the type that the value would have
     * @return the outcome
     */
    public static <T extends @Nullable Object> Outcome<T> failure(Throwable exception) {
        return new Outcome<>(null, Objects.requireNonNull(exception, "exception"));
    }

    /**
     * Whether there is a value.
     *
     * @return false if there is an exception
     */
    public boolean isSuccess() {
        return exception == null;
    }

    /**
     * The value.
     *
     * @return the value, null only where {@code T} allows it
     * @throws IllegalStateException if there is an exception instead, which is its cause
     */
    public T value() {
        if (exception != null) {
            throw new IllegalStateException("There is no value but an exception: " + exception, exception);
        }
        return value;
    }

    /**
     * The exception; a {@link CancelledError} for what was cancelled.
     *
     * @return the exception, or null if there is a value
     */
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
