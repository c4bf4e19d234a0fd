package dev.asyncio;

import java.io.Serializable;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A {@link VoidCallable} as a {@link Callable}; shows itself as the original, and travels as far as that does. */
final class VoidCallableAdapter implements Callable<@Nullable Void> {
    private final VoidCallable work;

    private VoidCallableAdapter(VoidCallable work) {
        this.work = work;
    }

    static Callable<@Nullable Void> adapt(VoidCallable work) {
        Objects.requireNonNull(work, "callable");
        return work instanceof Serializable ? new Travelling((Serializable) work) : new VoidCallableAdapter(work);
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

    private static final class Travelling implements Callable<@Nullable Void>, Serializable {
        private static final long serialVersionUID = 1;

        private final Serializable work;

        Travelling(Serializable work) {
            this.work = work;
        }

        @Override
        public @Nullable Void call() throws Exception {
            ((VoidCallable) work).call();
            return null;
        }

        @Override
        public String toString() {
            return work.toString();
        }
    }
}
