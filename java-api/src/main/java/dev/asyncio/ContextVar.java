package dev.asyncio;

import dev.asyncio.spi.Engine;
import dev.asyncio.spi.Lookup;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A variable with a value per {@link Context}; Python's {@code contextvars.ContextVar}.
 *
 * @param <T> the type of the value
 */
public final class ContextVar<T extends @Nullable Object> {
    private final String name;
    private final boolean hasDefault;
    private final @Nullable T defaultValue;

    public ContextVar(String name) {
        this.name = Objects.requireNonNull(name, "name");
        this.hasDefault = false;
        this.defaultValue = null;
    }

    public ContextVar(String name, T defaultValue) {
        this.name = Objects.requireNonNull(name, "name");
        this.hasDefault = true;
        this.defaultValue = defaultValue;
    }

    public String name() {
        return name;
    }

    @SuppressWarnings("NullAway") // With a default it holds what was given, null only where T allows it.
    public T get() {
        Lookup<T> found = Engine.get().getVar(this);
        if (found != null) {
            return found.value();
        }
        if (!hasDefault) {
            throw new NoSuchElementException("Context variable '" + name + "' has no value and no default");
        }
        return defaultValue;
    }

    public T get(T defaultValue) {
        Lookup<T> found = Engine.get().getVar(this);
        return found != null ? found.value() : defaultValue;
    }

    public Token<T> set(T value) {
        return Engine.get().setVar(this, value);
    }

    public void reset(Token<T> token) {
        Engine.get().resetVar(this, Objects.requireNonNull(token, "token"));
    }

    @Override
    public String toString() {
        return "<ContextVar name='" + name + "'" + (hasDefault ? " default=" + defaultValue : "") + ">";
    }
}
