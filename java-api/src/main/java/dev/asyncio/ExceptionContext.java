package dev.asyncio;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a loop tells its {@link ExceptionHandler}; the context dictionary of asyncio's {@code call_exception_handler}. */
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

    public static Builder builder(String message) {
        return new Builder(Objects.requireNonNull(message, "message"));
    }

    public String message() {
        return message;
    }

    public @Nullable Throwable exception() {
        return exception;
    }

    public @Nullable Future<?> future() {
        return future;
    }

    public @Nullable Task<?> task() {
        return task;
    }

    public @Nullable Handle handle() {
        return handle;
    }

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

    /** Collects what is known. */
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

        public Builder exception(@Nullable Throwable exception) {
            this.exception = exception;
            return this;
        }

        public Builder future(@Nullable Future<?> future) {
            this.future = future;
            return this;
        }

        public Builder task(@Nullable Task<?> task) {
            this.task = task;
            return this;
        }

        public Builder handle(@Nullable Handle handle) {
            this.handle = handle;
            return this;
        }

        public Builder extra(String key, Object value) {
            extras.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
            return this;
        }

        public ExceptionContext build() {
            return new ExceptionContext(this);
        }
    }
}
