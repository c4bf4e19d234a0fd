package dev.asyncio;

import dev.asyncio.spi.Engine;
import dev.asyncio.spi.Lookup;
import dev.asyncio.spi.ThreadLocalAccess;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A variable with a value of its own in every {@link Context}; Python's {@code contextvars.ContextVar}.
 *
 * <p>Tasks and callbacks get a copy of the context in which they are made: they see what was set before, and what they
 * set stays with them. Outside a loop each thread has a context. Variables are meant to be static constants; two with
 * the same name are two variables. <b>Thread:</b> any; each sees its own context.
 *
 * @param <T> the type of the value
 */
public final class ContextVar<T extends @Nullable Object> {
    private final String name;
    private final boolean hasDefault;
    private final @Nullable T defaultValue;
    private final @Nullable ThreadLocalAccess<T> carried;

    /**
     * A variable without a default.
     *
     * @param name for reading only
     */
    public ContextVar(String name) {
        this(name, false, null, null);
    }

    /**
     * A variable with a default.
     *
     * @param name for reading only
     * @param defaultValue the value where none was set
     */
    public ContextVar(String name, T defaultValue) {
        this(name, true, defaultValue, null);
    }

    /** One whose value a thread-local has, too. */
    static <T extends @Nullable Object> ContextVar<T> carrying(String name, ThreadLocalAccess<T> local) {
        return new ContextVar<>(name, false, null, local);
    }

    private ContextVar(
            String name, boolean hasDefault, @Nullable T defaultValue, @Nullable ThreadLocalAccess<T> carried) {
        this.name = Objects.requireNonNull(name, "name");
        this.hasDefault = hasDefault;
        this.defaultValue = defaultValue;
        this.carried = carried;
    }

    /**
     * The name; Python's {@code name}.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The value in the current context, else the default; Python's {@code get}.
     *
     * @return the value
     * @throws NoSuchElementException if none was set and there is no default
     */
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

    /**
     * The value in the current context, else one given here; Python's {@code get(default)}.
     *
     * @param defaultValue goes before the default of the variable
     * @return the value
     */
    public T get(T defaultValue) {
        Lookup<T> found = Engine.get().getVar(this);
        return found != null ? found.value() : defaultValue;
    }

    /**
     * Sets the value in the current context; Python's {@code set}.
     *
     * @param value the value
     * @return for {@link #reset}
     */
    public Token<T> set(T value) {
        return Engine.get().setVar(this, carried, value);
    }

    /**
     * Brings back what was there before a {@link #set}; Python's {@code reset}.
     *
     * @param token what that {@code set} gave
     * @throws IllegalArgumentException if it is the token of another variable or was made in another context
     * @throws IllegalStateException if it was used before
     */
    public void reset(Token<T> token) {
        Engine.get().resetVar(this, Objects.requireNonNull(token, "token"));
    }

    @Override
    public String toString() {
        return "<ContextVar name='" + name + "'" + (hasDefault ? " default=" + defaultValue : "") + ">";
    }
}
