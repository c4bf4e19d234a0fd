package dev.asyncio.support;

import dev.asyncio.Asyncio;
import dev.asyncio.Carrier;
import dev.asyncio.Coroutine;
import dev.asyncio.RunnerOptions;
import dev.asyncio.VoidCoroutine;
import dev.asyncio.testing.VirtualTimeLoop;
import java.time.Duration;

/** {@link Asyncio#run(Coroutine)} as tests want it: on virtual time, and without a hand on the JVM's signals. */
public final class Runs {
    private static final Duration HANGING = Duration.ofMinutes(2);

    private Runs() {}

    /** Options for a loop on virtual time. */
    public static RunnerOptions onVirtualTime() {
        return RunnerOptions.DEFAULT.withLoopFactory(VirtualTimeLoop::new).withInterruptHandler(false);
    }

    /** Options for a loop on virtual time whose Java bodies have a certain carrier. */
    public static RunnerOptions onVirtualTime(Carrier carrier) {
        return RunnerOptions.DEFAULT
                .withLoopFactory(() -> new VirtualTimeLoop(carrier))
                .withInterruptHandler(false);
    }

    /** Runs a body to its end on virtual time, with all that {@code run} does at the end. */
    public static <T> T virtual(Coroutine<T> main) {
        return Asyncio.run(main, onVirtualTime());
    }

    /** As {@link #virtual(Coroutine)}. */
    public static void virtual(VoidCoroutine main) {
        Asyncio.run(main, onVirtualTime());
    }

    /** Runs a body on virtual time and a certain carrier. */
    public static <T> T virtual(Carrier carrier, Coroutine<T> main) {
        return Asyncio.run(main, onVirtualTime(carrier));
    }

    /** As {@link #virtual(Carrier, Coroutine)}. */
    public static void virtual(Carrier carrier, VoidCoroutine main) {
        Asyncio.run(main, onVirtualTime(carrier));
    }

    /** Options for a loop on real time, as I/O needs one. */
    public static RunnerOptions onRealTime() {
        return RunnerOptions.DEFAULT.withInterruptHandler(false);
    }

    /** Runs a body to its end on real time; one that hangs fails. */
    public static <T> T real(Coroutine<T> main) {
        return Asyncio.run(() -> Asyncio.await(Asyncio.timeout(HANGING, main)), onRealTime());
    }

    /** As {@link #real(Coroutine)}. */
    public static void real(VoidCoroutine main) {
        Asyncio.run(() -> Asyncio.await(Asyncio.timeout(HANGING, main)), onRealTime());
    }

    /** Runs a body on real time and a certain carrier. */
    public static void real(Carrier carrier, VoidCoroutine main) {
        Asyncio.run(
                () -> Asyncio.await(Asyncio.timeout(HANGING, main)),
                onRealTime().withCarrier(carrier));
    }
}
