package dev.asyncio;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A {@link VoidCallable} as a {@link Callable}; shows itself as the original. */
final class VoidCallableAdapter implements Callable<@Nullable Void> {
    private final VoidCallable work;

    private VoidCallableAdapter(VoidCallable work) {
        this.work = work;
    }

    static Callable<@Nullable Void> adapt(VoidCallable work) {
        return new VoidCallableAdapter(Objects.requireNonNull(work, "callable"));
    }

    @Override
    public @Nullable Void call() throws Exception {
        work.call();
        return null;
    }

    @Override
    public String toString() {
        return work.toString();
    }
}
