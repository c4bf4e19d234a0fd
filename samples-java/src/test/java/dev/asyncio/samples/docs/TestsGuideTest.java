package dev.asyncio.samples.docs;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.asyncio.Asyncio;
import dev.asyncio.Task;
import dev.asyncio.testing.VirtualTime;
import dev.asyncio.testing.VirtualTimeLoop;
import dev.asyncio.testing.junit.AsyncioExtension;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of the guide's chapter about tests. */
class TestsGuideTest {
    @Nested
    // @start region="extension"
    @ExtendWith(AsyncioExtension.class)
    class LateTest {
        @Test
        void anHourIsOverInNoTime() {
            assertEquals("late", await(sleep(Duration.ofHours(1), "late")));
        }
    }
    // @end

    // @start region="virtual-time"
    @Test
    void theClockOfALoopJumps() {
        VirtualTimeLoop loop = new VirtualTimeLoop();
        Task<String> late = loop.createTask(() -> await(sleep(Duration.ofHours(1), "late")));

        assertEquals("late", loop.runUntilComplete(late));
        assertEquals(Duration.ofHours(1), loop.time());
        loop.close();
    }

    @Test
    void everyLoopMadeMeanwhileRunsOnVirtualTime() {
        VirtualTime.call(() -> Asyncio.run(() -> await(sleep(Duration.ofDays(365)))));
    }
    // @end
}
