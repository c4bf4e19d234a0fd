package dev.asyncio.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Jobs in processes of a pool, one of which is killed. */
class ProcessPoolTest {
    /** Hazelcast promises no more. */
    private static final Set<String> OUTCOMES = Set.of(
            "the job is lost with its process: TargetDisconnectedException", "another process has done the job anew");

    @Test
    void jobsAreComputedElsewhereAndALostProcessIsNotTheEnd() throws Exception {
        try (Running pool = new Running("ProcessPool")) {
            assertEquals("25! = 15511210043330985984000000", pool.nextLine());
            assertEquals("elsewhere: true", pool.nextLine());
            String outcome = pool.nextLine();
            assertTrue(OUTCOMES.contains(outcome), outcome);
            assertEquals("25! = 15511210043330985984000000", pool.nextLine());
            assertEquals("elsewhere: true", pool.nextLine());
            assertNull(pool.nextLine());
            assertEquals("", pool.printed());
        }
    }
}
