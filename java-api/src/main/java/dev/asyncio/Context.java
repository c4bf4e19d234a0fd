package dev.asyncio;

import dev.asyncio.spi.Engine;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The values of all {@link ContextVar}s for one task or callback; Python's {@code contextvars.Context}. */
public interface Context {
    static Context copyContext() {
        return Engine.get().copyContext();
    }

    <T extends @Nullable Object> T run(Callable<T> callable);

    default void run(VoidCallable callable) {
        run(VoidCallableAdapter.adapt(callable));
    }

    Context copy();

    boolean contains(ContextVar<?> variable);

    <T extends @Nullable Object> @Nullable T get(ContextVar<T> variable);

    <T extends @Nullable Object> T get(ContextVar<T> variable, T defaultValue);

    int size();

    Set<ContextVar<?>> variables();
}
