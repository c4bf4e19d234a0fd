package dev.asyncio.testing;

import dev.asyncio.VoidCallable;
import dev.asyncio.spi.Engine;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Puts code that makes its own loops on virtual time.
 *
 * <p>Every loop that the calling thread makes meanwhile, by {@link dev.asyncio.Asyncio#run(dev.asyncio.Coroutine)},
 * {@link dev.asyncio.Runner}, {@link dev.asyncio.Asyncio#newEventLoop()} or {@link dev.asyncio.Asyncio#getEventLoop()},
 * is a {@link VirtualTimeLoop}, unless the code names a loop factory of its own. What the thread's loop was before is
 * so again afterwards. So a program can be tested as it is:
 *
 * <pre>{@code
 * VirtualTime.during(() -> Countdown.main(new String[0]));
 * }</pre>
 */
public final class VirtualTime {
    private VirtualTime() {}

    /**
     * Runs something on virtual time.
     *
     * @param body what to run, on this thread
     */
    public static void during(Runnable body) {
        Objects.requireNonNull(body, "body");
        Engine.get().withLoopFactory(VirtualTimeLoop::on, body);
    }

    /**
     * As {@link #during}, for code that throws checked exceptions, which pass through as they are.
     *
     * @param body what to call, on this thread
     */
    public static void call(VoidCallable body) {
        Objects.requireNonNull(body, "body");
        call(() -> {
            body.call();
            return null;
        });
    }

    /**
     * As {@link #during}, for code that has a result or throws checked exceptions, which pass through as they are.
     *
     * @param body what to call, on this thread
     * @param <T> the type of the result
     * @return the result
     */
    public static <T extends @Nullable Object> T call(Callable<T> body) {
        Call<T> call = new Call<>(Objects.requireNonNull(body, "body"));
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
                throw Call.<RuntimeException>undeclared(e);
            }
        }

        // Nothing checks the cast at run time, so that the exception leaves as it is.
        @SuppressWarnings("unchecked")
        private static <X extends Throwable> X undeclared(Throwable exception) throws X {
            throw (X) exception;
        }
    }
}
