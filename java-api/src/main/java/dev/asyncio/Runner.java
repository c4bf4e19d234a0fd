package dev.asyncio;

import dev.asyncio.spi.Engine;
import dev.asyncio.spi.RunnerPeer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs coroutines one after the other on one loop; asyncio's {@code Runner}.
 *
 * <p>The loop is made when it is first needed. All runs share one context, so that what one leaves in a {@link
 * ContextVar} the next one finds. For a single run, {@link Asyncio#run(Coroutine)}.
 *
 * <p>While a run lasts, Ctrl-C cancels the main task, see {@link RunnerOptions#withInterruptHandler}. When the JVM is
 * asked to exit, the main task is cancelled too and given up to five seconds.
 *
 * <p><b>Thread:</b> one at a time, which must not be running a loop already.
 */
public final class Runner implements AutoCloseable {
    private final RunnerPeer peer;

    /** A runner with {@link RunnerOptions#DEFAULT}. */
    public Runner() {
        this(RunnerOptions.DEFAULT);
    }

    /**
     * A runner with options.
     *
     * @param options debug flag, loop and Ctrl-C
     */
    public Runner(RunnerOptions options) {
        this.peer = Engine.get().newRunner(Objects.requireNonNull(options, "options"));
    }

    /**
     * Runs a coroutine as a task and waits until it is done; asyncio's {@code Runner.run}. If it fails, its exception
     * is thrown as it is. Interrupting the calling thread does not end it, see {@link Asyncio#run(Coroutine)}.
     *
     * @param main the body
     * @param <T> the type of the result
     * @return its result
     * @throws CancelledError if it was cancelled
     * @throws KeyboardInterrupt if it was cancelled because of Ctrl-C
     * @throws IllegalStateException if the calling thread runs a loop, or the runner is closed
     */
    public <T extends @Nullable Object> T run(Coroutine<T> main) {
        return run(main, (Context) null);
    }

    /**
     * As {@link #run(Coroutine)}, for a body without a result.
     *
     * @param main the body
     */
    public void run(VoidCoroutine main) {
        run(main, (Context) null);
    }

    /**
     * As {@link #run(Coroutine)}, in a context.
     *
     * @param main the body
     * @param context used as it is, or null for that of the runner
     * @param <T> the type of the result
     * @return its result
     */
    public <T extends @Nullable Object> T run(Coroutine<T> main, @Nullable Context context) {
        return peer.run(Objects.requireNonNull(main, "main"), context);
    }

    /**
     * As {@link #run(Coroutine)}, for a body without a result and in a context.
     *
     * @param main the body
     * @param context used as it is, or null for that of the runner
     */
    public void run(VoidCoroutine main, @Nullable Context context) {
        peer.run(VoidCoroutineAdapter.adapt(main), context);
    }

    /**
     * As {@link #run(Coroutine)}, declaring a checked exception so that it can be caught.
     *
     * @param main the body
     * @param declared the type to declare; nothing is converted to it
     * @param <T> the type of the result
     * @param <X> the type to declare
     * @return its result
     * @throws X if the body fails with it
     */
    public <T extends @Nullable Object, X extends Throwable> T run(Coroutine<T> main, Class<X> declared) throws X {
        Objects.requireNonNull(declared, "declared");
        return run(main);
    }

    /**
     * As {@link #run(VoidCoroutine)}, declaring a checked exception so that it can be caught.
     *
     * @param main the body
     * @param declared the type to declare; nothing is converted to it
     * @param <X> the type to declare
     * @throws X if the body fails with it
     */
    public <X extends Throwable> void run(VoidCoroutine main, Class<X> declared) throws X {
        Objects.requireNonNull(declared, "declared");
        run(main);
    }

    /**
     * The runner's loop, which is made if need be; asyncio's {@code Runner.get_loop}.
     *
     * @return the loop
     * @throws IllegalStateException if the runner is closed
     */
    public EventLoop getLoop() {
        return peer.getLoop();
    }

    /**
     * Cancels all tasks that are left and waits for them, shuts the default executor down within five minutes, and
     * closes the loop; asyncio's {@code Runner.close}. Without effect if the runner was never used or is closed.
     *
     * <p>What those tasks fail with goes to the loop's exception handler.
     */
    @Override
    public void close() {
        peer.close();
    }
}
