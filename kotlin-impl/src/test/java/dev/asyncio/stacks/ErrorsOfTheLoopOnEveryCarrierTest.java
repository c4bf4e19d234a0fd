package dev.asyncio.stacks;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.asyncio.Carrier;
import dev.asyncio.EventLoop;
import dev.asyncio.KeyboardInterrupt;
import dev.asyncio.support.Gc;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Trace;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** An error between two handles, whichever stack drives the loop at that moment. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Jdk#carriers")
class ErrorsOfTheLoopOnEveryCarrierTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final Carrier carrier;
    private final Trace trace = new Trace();

    ErrorsOfTheLoopOnEveryCarrierTest(Carrier carrier) {
        this.carrier = carrier;
    }

    @Test
    void itEndsTheRunAndIsNotThrownIntoTheBodyThatWaitsOnThatStack() {
        assertThrows(
                KeyboardInterrupt.class,
                () -> Runs.virtual(carrier, () -> {
                    failInTheNextIteration(getRunningLoop());
                    try {
                        await(sleep(A_SECOND));
                    } catch (Throwable e) {
                        trace.add(e.getClass().getSimpleName());
                        throw e;
                    }
                }));
        trace.is("CancelledError");
    }

    /** A body that has ended leaves its stack driving. */
    @Test
    void itEndsTheRunWhereNoBodyIsOnThatStack() {
        assertThrows(
                KeyboardInterrupt.class,
                () -> Runs.virtual(carrier, () -> {
                    createTask(() -> failInTheNextIteration(getRunningLoop()));
                    await(sleep(A_SECOND));
                }));
    }

    /** The report of a forgotten exception is made by the loop, outside of any handle. */
    private static void failInTheNextIteration(EventLoop loop) {
        loop.setExceptionHandler((l, report) -> {
            loop.setExceptionHandler(null);
            throw new KeyboardInterrupt();
        });
        forgetAnException(loop);
        Gc.collect();
    }

    private static void forgetAnException(EventLoop loop) {
        loop.createFuture().setException(new RuntimeException("forgotten"));
    }
}
