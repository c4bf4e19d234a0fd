package dev.asyncio;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Immutable options of a {@link Runner} and of {@link Asyncio#run(Coroutine, RunnerOptions)}. */
public final class RunnerOptions {
    /** The loop's own debug flag, the ordinary loop with {@link Carrier#AUTO}, and Ctrl-C handled. */
    public static final RunnerOptions DEFAULT = new RunnerOptions(null, null, Carrier.AUTO, true, null);

    private final @Nullable Boolean debug;
    private final @Nullable Supplier<? extends EventLoop> loopFactory;
    private final Carrier carrier;
    private final boolean interruptHandler;
    private final @Nullable Executor scope;

    private RunnerOptions(
            @Nullable Boolean debug,
            @Nullable Supplier<? extends EventLoop> loopFactory,
            Carrier carrier,
            boolean interruptHandler,
            @Nullable Executor scope) {
        this.debug = debug;
        this.loopFactory = loopFactory;
        this.carrier = carrier;
        this.interruptHandler = interruptHandler;
        this.scope = scope;
    }

    /**
     * These options with a debug flag; asyncio's {@code debug}.
     *
     * @param debug what {@link EventLoop#setDebug} gets, or null to leave the loop as it is
     * @return the new options
     */
    public RunnerOptions withDebug(@Nullable Boolean debug) {
        return new RunnerOptions(debug, loopFactory, carrier, interruptHandler, scope);
    }

    /**
     * These options with another source of the loop; asyncio's {@code loop_factory}.
     *
     * @param loopFactory gives a new loop, which the runner closes; null for the ordinary one. With a factory the
     *     runner does not make its loop the {@linkplain Asyncio#setEventLoop thread's loop}
     * @return the new options
     */
    public RunnerOptions withLoopFactory(@Nullable Supplier<? extends EventLoop> loopFactory) {
        return new RunnerOptions(debug, loopFactory, carrier, interruptHandler, scope);
    }

    /**
     * These options with another carrier of Java bodies, for the ordinary loop; a loop factory chooses its own.
     *
     * @param carrier the carrier; one that the JVM does not offer makes the runner throw {@link IllegalStateException}
     * @return the new options
     */
    public RunnerOptions withCarrier(Carrier carrier) {
        return new RunnerOptions(
                debug, loopFactory, Objects.requireNonNull(carrier, "carrier"), interruptHandler, scope);
    }

    /**
     * These options with or without the handling of Ctrl-C.
     *
     * <p>With it the first Ctrl-C during {@code run} cancels the main task, and {@link KeyboardInterrupt} is thrown
     * when it has ended cancelled; the second one throws at once. It stays off where the program has its own handler
     * for the signal INT.
     *
     * @param interruptHandler whether Ctrl-C is handled
     * @return the new options
     */
    public RunnerOptions withInterruptHandler(boolean interruptHandler) {
        return new RunnerOptions(debug, loopFactory, carrier, interruptHandler, scope);
    }

    /**
     * These options with something that all code of the run is to be inside of, on each thread that carries some of
     * it; for scoped values: {@code withScope(ScopedValue.where(USER, "ada")::run)}. The JDK does not hand on to other
     * threads what is bound around {@code run}, so that Java bodies would not see it.
     *
     * @param scope runs what it is given at once and on the calling thread; null for none
     * @return the new options
     */
    public RunnerOptions withScope(@Nullable Executor scope) {
        return new RunnerOptions(debug, loopFactory, carrier, interruptHandler, scope);
    }

    /**
     * See {@link #withDebug}.
     *
     * @return the debug flag, or null
     */
    public @Nullable Boolean debug() {
        return debug;
    }

    /**
     * See {@link #withLoopFactory}.
     *
     * @return the loop factory, or null
     */
    public @Nullable Supplier<? extends EventLoop> loopFactory() {
        return loopFactory;
    }

    /**
     * See {@link #withCarrier}.
     *
     * @return the carrier
     */
    public Carrier carrier() {
        return carrier;
    }

    /**
     * See {@link #withInterruptHandler}.
     *
     * @return whether Ctrl-C is handled
     */
    public boolean interruptHandler() {
        return interruptHandler;
    }

    /**
     * See {@link #withScope}.
     *
     * @return the scope, or null
     */
    public @Nullable Executor scope() {
        return scope;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof RunnerOptions)) {
            return false;
        }
        RunnerOptions that = (RunnerOptions) other;
        return Objects.equals(debug, that.debug)
                && Objects.equals(loopFactory, that.loopFactory)
                && carrier == that.carrier
                && interruptHandler == that.interruptHandler
                && Objects.equals(scope, that.scope);
    }

    @Override
    public int hashCode() {
        return Objects.hash(debug, loopFactory, carrier, interruptHandler, scope);
    }

    @Override
    public String toString() {
        return "RunnerOptions[debug=" + debug + ", loopFactory=" + loopFactory + ", carrier=" + carrier
                + ", interruptHandler=" + interruptHandler + ", scope=" + scope + "]";
    }
}
