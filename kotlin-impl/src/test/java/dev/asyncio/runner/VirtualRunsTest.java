package dev.asyncio.runner;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.Carrier;
import dev.asyncio.EventLoop;
import dev.asyncio.spi.Engine;
import dev.asyncio.testing.VirtualTime;
import dev.asyncio.testing.VirtualTimeLoop;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code VirtualTime}: code that makes its own loop, in time that a test does not wait for. */
class VirtualRunsTest {
    @Test
    void duringVirtualTimeEveryLoopOfTheThreadIsOnVirtualTime() {
        VirtualTime.during(() -> {
            Asyncio.run(() -> {
                assertTrue(getRunningLoop() instanceof VirtualTimeLoop);
                await(sleep(Duration.ofDays(1)));
            });
            try (EventLoop made = Asyncio.newEventLoop()) {
                assertTrue(made instanceof VirtualTimeLoop);
            }
        });
        try (EventLoop made = Asyncio.newEventLoop()) {
            assertFalse(made instanceof VirtualTimeLoop);
        }
    }

    @Test
    void duringVirtualTimeTheThreadHasALoopOfItsOwn() {
        try (EventLoop real = Asyncio.newEventLoop()) {
            Asyncio.setEventLoop(real);
            VirtualTime.during(() -> {
                try (EventLoop made = Asyncio.getEventLoop()) {
                    assertTrue(made instanceof VirtualTimeLoop);
                }
                Asyncio.setEventLoop(null);
            });
            assertSame(real, Asyncio.getEventLoop());
            Asyncio.setEventLoop(null);
        }
    }

    @Test
    void duringVirtualTimeALoopHasTheCarrierThatIsAskedFor() {
        VirtualTime.during(() -> {
            try (EventLoop made = Asyncio.newEventLoop(Carrier.PLATFORM)) {
                assertTrue(made.toString().contains("carrier=platform"), made::toString);
            }
        });
    }

    @Test
    void aFactoryOfLoopsIsNotAskedForThoseThatItMakes() {
        Engine.get().withLoopFactory(Asyncio::newEventLoop, () -> {
            try (EventLoop made = Asyncio.newEventLoop(Carrier.PLATFORM)) {
                assertFalse(made.isClosed());
            }
        });
    }

    @Test
    void virtualTimeGivesResultsAndExceptionsAsTheyAre() {
        assertEquals(7, VirtualTime.call(() -> 7));
        assertThrows(
                IOException.class,
                () -> VirtualTime.call(() -> {
                    throw new IOException("as it is");
                }));
        assertNull(VirtualTime.call(() -> null));
    }
}
