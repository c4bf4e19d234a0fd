package dev.asyncio;

import dev.asyncio.spi.Engine;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What all {@link ContextVar}s hold for a task, a callback or a thread; Python's {@code contextvars.Context}.
 *
 * <p>Changed only from within, by {@link ContextVar#set} in what {@linkplain #run(Callable) runs} in it. <b>Thread:</b>
 * any, one at a time.
 */
public interface Context {
    /**
     * A copy of the current context; Python's {@code copy_context}. Does not depend on how many values it holds.
     *
     * @return the copy
     */
    static Context copyContext() {
        return Engine.get().copyContext();
    }

    /**
     * Calls something in this context; Python's {@code Context.run}. What it sets stays in this context, and its
     * exception is thrown as it is.
     *
     * @param callable what to call
     * @param <T> the type of the result
     * @return the result
     * @throws IllegalStateException if this context is entered already, by whomever
     */
    <T extends @Nullable Object> T run(Callable<T> callable);

    /**
     * As {@link #run(Callable)}, without a result.
     *
     * @param callable what to call
     */
    default void run(VoidCallable callable) {
        run(VoidCallableAdapter.adapt(callable));
    }

    /**
     * As {@link #run(Callable)}, declaring a checked exception so that it can be caught.
     *
     * @param callable what to call
     * @param declared the type to declare; nothing is converted to it
     * @param <T> the type of the result
     * @param <X> the type to declare
     * @return the result
     * @throws X if the call fails with it
     */
    default <T extends @Nullable Object, X extends Throwable> T run(Callable<T> callable, Class<X> declared) throws X {
        Objects.requireNonNull(declared, "declared");
        return run(callable);
    }

    /**
     * As {@link #run(VoidCallable)}, declaring a checked exception so that it can be caught.
     *
     * @param callable what to call
     * @param declared the type to declare; nothing is converted to it
     * @param <X> the type to declare
     * @throws X if the call fails with it
     */
    default <X extends Throwable> void run(VoidCallable callable, Class<X> declared) throws X {
        Objects.requireNonNull(declared, "declared");
        run(callable);
    }

    /**
     * A copy of this context; Python's {@code Context.copy}.
     *
     * @return the copy
     */
    Context copy();

    /**
     * Whether a variable was set in this context; Python's {@code in}.
     *
     * @param variable the variable
     * @return false if it would fall back on its default
     */
    boolean contains(ContextVar<?> variable);

    /**
     * The value of a variable in this context; Python's {@code Context.get}. The default of the variable does not
     * count.
     *
     * @param variable the variable
     * @param <T> the type of the value
     * @return the value, or null if it was not set
     */
    <T extends @Nullable Object> @Nullable T get(ContextVar<T> variable);

    /**
     * The value of a variable in this context, else one given here; Python's {@code Context.get} with a default.
     *
     * @param variable the variable
     * @param defaultValue what to return if it was not set
     * @param <T> the type of the value
     * @return the value
     */
    <T extends @Nullable Object> T get(ContextVar<T> variable, T defaultValue);

    /**
     * How many variables were set; Python's {@code len}.
     *
     * @return the number
     */
    int size();

    /**
     * The variables that were set; Python's {@code keys}.
     *
     * @return a new set, in no particular order
     */
    Set<ContextVar<?>> variables();
}
