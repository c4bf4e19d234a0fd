package dev.asyncio;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A report of something that went wrong; the dictionary that asyncio's {@code call_exception_handler} takes.
 *
 * <p>Immutable. Apart from the message everything may be absent.
 *
 * @see EventLoop#callExceptionHandler
 */
public final class ExceptionContext {
    private final String message;
    private final @Nullable Throwable exception;
    private final @Nullable Future<?> future;
    private final @Nullable Task<?> task;
    private final @Nullable Handle handle;
    private final Map<String, Object> extras;

    private ExceptionContext(Builder builder) {
        this.message = builder.message;
        this.exception = builder.exception;
        this.future = builder.future;
        this.task = builder.task;
        this.handle = builder.handle;
        this.extras = Collections.unmodifiableMap(new LinkedHashMap<>(builder.extras));
    }

    /**
     * Begins a report.
     *
     * @param message what happened; empty: the default handler finds some words itself
     * @return the builder
     */
    public static Builder builder(String message) {
        return new Builder(Objects.requireNonNull(message, "message"));
    }

    /**
     * What happened.
     *
     * @return the message
     */
    public String message() {
        return message;
    }

    /**
     * What was thrown.
     *
     * @return the exception, or null
     */
    public @Nullable Throwable exception() {
        return exception;
    }

    /**
     * The future to which it happened.
     *
     * @return the future, or null
     */
    public @Nullable Future<?> future() {
        return future;
    }

    /**
     * The task to which it happened.
     *
     * @return the task, or null
     */
    public @Nullable Task<?> task() {
        return task;
    }

    /**
     * The callback to which it happened.
     *
     * @return the handle, or null
     */
    public @Nullable Handle handle() {
        return handle;
    }

    /**
     * Whatever else is known, under the keys that asyncio has for it, such as {@code transport} or {@code
     * source_traceback}.
     *
     * @return an unmodifiable map
     */
    public Map<String, Object> extras() {
        return extras;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("ExceptionContext[message=").append(message);
        append(text, "exception", exception);
        append(text, "future", future);
        append(text, "task", task);
        append(text, "handle", handle);
        extras.forEach((key, value) -> append(text, key, value));
        return text.append(']').toString();
    }

    private static void append(StringBuilder text, String key, @Nullable Object value) {
        if (value != null) {
            text.append(", ").append(key).append('=').append(value);
        }
    }

    /** Collects what is known; see {@link ExceptionContext#builder}. */
    public static final class Builder {
        private final String message;
        private @Nullable Throwable exception;
        private @Nullable Future<?> future;
        private @Nullable Task<?> task;
        private @Nullable Handle handle;
        private final Map<String, Object> extras = new LinkedHashMap<>();

        private Builder(String message) {
            this.message = message;
        }

        /**
         * What was thrown.
         *
         * @param exception the exception, or null
         * @return this
         */
        public Builder exception(@Nullable Throwable exception) {
            this.exception = exception;
            return this;
        }

        /**
         * The future to which it happened.
         *
         * @param future the future, or null
         * @return this
         */
        public Builder future(@Nullable Future<?> future) {
            this.future = future;
            return this;
        }

        /**
         * The task to which it happened.
         *
         * @param task the task, or null
         * @return this
         */
        public Builder task(@Nullable Task<?> task) {
            this.task = task;
            return this;
        }

        /**
         * The callback to which it happened.
         *
         * @param handle the handle, or null
         * @return this
         */
        public Builder handle(@Nullable Handle handle) {
            this.handle = handle;
            return this;
        }

        /**
         * Something else.
         *
         * @param key what it is
         * @param value the thing
         * @return this
         */
        public Builder extra(String key, Object value) {
            extras.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * The report.
         *
         * @return a new one each time
         */
        public ExceptionContext build() {
            return new ExceptionContext(this);
        }
    }
}
