package dev.asyncio;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Immutable options of a {@link Runner}. */
public final class RunnerOptions {
    /** The loop's own debug flag, a new loop with {@link Carrier#AUTO}, Ctrl-C handled. */
    public static final RunnerOptions DEFAULT = new RunnerOptions(null, null, Carrier.AUTO, true);

    private final @Nullable Boolean debug;
    private final @Nullable Supplier<? extends EventLoop> loopFactory;
    private final Carrier carrier;
    private final boolean interruptHandler;

    private RunnerOptions(
            @Nullable Boolean debug,
            @Nullable Supplier<? extends EventLoop> loopFactory,
            Carrier carrier,
            boolean interruptHandler) {
        this.debug = debug;
        this.loopFactory = loopFactory;
        this.carrier = carrier;
        this.interruptHandler = interruptHandler;
    }

    public RunnerOptions withDebug(@Nullable Boolean debug) {
        return new RunnerOptions(debug, loopFactory, carrier, interruptHandler);
    }

    public RunnerOptions withLoopFactory(@Nullable Supplier<? extends EventLoop> loopFactory) {
        return new RunnerOptions(debug, loopFactory, carrier, interruptHandler);
    }

    public RunnerOptions withCarrier(Carrier carrier) {
        return new RunnerOptions(debug, loopFactory, Objects.requireNonNull(carrier, "carrier"), interruptHandler);
    }

    public RunnerOptions withInterruptHandler(boolean interruptHandler) {
        return new RunnerOptions(debug, loopFactory, carrier, interruptHandler);
    }

    public @Nullable Boolean debug() {
        return debug;
    }

    public @Nullable Supplier<? extends EventLoop> loopFactory() {
        return loopFactory;
    }

    public Carrier carrier() {
        return carrier;
    }

    public boolean interruptHandler() {
        return interruptHandler;
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
                && interruptHandler == that.interruptHandler;
    }

    @Override
    public int hashCode() {
        return Objects.hash(debug, loopFactory, carrier, interruptHandler);
    }

    @Override
    public String toString() {
        return "RunnerOptions[debug=" + debug + ", loopFactory=" + loopFactory + ", carrier=" + carrier
                + ", interruptHandler=" + interruptHandler + "]";
    }
}
