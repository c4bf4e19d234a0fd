package dev.asyncio.testing;

import dev.asyncio.VoidCallable;
import dev.asyncio.spi.Engine;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Runs code that makes its own loops on virtual time. */
public final class VirtualTime {
    private VirtualTime() {}

    public static void during(Runnable body) {
        Objects.requireNonNull(body, "body");
        Engine.get().withLoopFactory(VirtualTimeLoop::new, body);
    }

    public static void call(VoidCallable body) {
        Objects.requireNonNull(body, "body");
        call(() -> {
            body.call();
            return null;
        });
    }

    public static <T extends @Nullable Object> T call(Callable<T> body) {
        Objects.requireNonNull(body, "body");
        Call<T> call = new Call<>(body);
        during(call);
        return call.result;
    }

    private static final class Call<T extends @Nullable Object> implements Runnable {
        private final Callable<T> body;
        private T result;

        Call(Callable<T> body) {
            this.body = body;
        }

        @Override
        public void run() {
            try {
                result = body.call();
            } catch (Exception e) {
                throw undeclared(e);
            }
        }

        // The cast is not checked at run time, so that the exception leaves as it is.
        @SuppressWarnings("unchecked")
        private static <X extends Throwable> RuntimeException undeclared(Throwable exception) throws X {
            throw (X) exception;
        }
    }
}
