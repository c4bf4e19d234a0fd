package dev.asyncio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExceptionsTest {
    @Test
    void catchExceptionLetsACancellationPass() {
        CancelledError cancelled = new CancelledError();

        Throwable escaped = assertThrows(CancelledError.class, () -> {
            try {
                throw cancelled;
            } catch (Exception e) {
                throw new AssertionError("caught " + e, e);
            }
        });

        assertSame(cancelled, escaped);
    }

    @Test
    void interruptIsNoExceptionEither() {
        assertTrue(Error.class.isAssignableFrom(KeyboardInterrupt.class));
    }

    @Test
    void wrongUseIsAnIllegalState() {
        for (Class<?> type : List.of(
                InvalidStateException.class,
                NoRunningLoopException.class,
                WrongLoopThreadException.class,
                DeadlockException.class)) {
            assertTrue(IllegalStateException.class.isAssignableFrom(type), type.getName());
        }
    }

    @Test
    void cancellationCarriesMessageAndCause() {
        Exception cause = new Exception();

        assertEquals("m", new CancelledError("m", cause).getMessage());
        assertSame(cause, new CancelledError("m", cause).getCause());
        // Unlike new Throwable(cause), which makes a message of it: asyncio's CancelledError() has none.
        assertEquals(null, new CancelledError(null, cause).getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                CancelledError.class,
                KeyboardInterrupt.class,
                TimeoutException.class,
                InvalidStateException.class,
                NoRunningLoopException.class,
                WrongLoopThreadException.class,
                DeadlockException.class,
                BrokenBarrierException.class,
                QueueEmptyException.class,
                QueueFullException.class,
                QueueShutDownException.class
            })
    void isUncheckedAndCanBeMadeWithAMessage(Class<? extends Throwable> type) throws Exception {
        assertEquals("m", type.getConstructor(String.class).newInstance("m").getMessage());
        assertEquals(null, type.getConstructor().newInstance().getMessage());
        boolean checked = Exception.class.isAssignableFrom(type) && !RuntimeException.class.isAssignableFrom(type);
        assertFalse(checked);
    }
}
