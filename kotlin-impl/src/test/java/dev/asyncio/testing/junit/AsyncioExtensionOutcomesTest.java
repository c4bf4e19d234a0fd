package dev.asyncio.testing.junit;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.asyncio.DeadlockException;
import dev.asyncio.support.Oops;
import dev.asyncio.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What becomes of test methods that end in an unusual way. */
class AsyncioExtensionOutcomesTest {
    /** Run by {@link #outcomesOf} only. */
    @ExtendWith(AsyncioExtension.class)
    static class Samples {
        static final List<String> LOG = new ArrayList<>();

        @Test
        void isOnVirtualTimeInDebugMode() {
            assertInstanceOf(VirtualTimeLoop.class, getRunningLoop());
            assertTrue(getRunningLoop().getDebug());
        }

        @Test
        void fails() {
            await(sleep(Duration.ofHours(1)));
            throw new Oops("in the test");
        }

        @Test
        void waitsForever() {
            await(getRunningLoop().createFuture());
        }

        @Test
        void leavesATask() {
            createTask(() -> {
                try {
                    await(sleep(Duration.ofDays(1)));
                } finally {
                    LOG.add("cancelled");
                }
            });
            await(sleep(Duration.ZERO));
        }
    }

    private final Map<String, TestExecutionResult> outcomes = outcomesOf(Samples.class);

    @Test
    void byItselfATestIsOnVirtualTimeInDebugMode() {
        assertEquals(
                Optional.empty(), outcomes.get("isOnVirtualTimeInDebugMode()").getThrowable());
    }

    @Test
    void whatATestThrowsIsItsFailure() {
        assertEquals(
                "in the test",
                outcomes.get("fails()").getThrowable().orElseThrow().getMessage());
    }

    @Test
    void aTestThatCannotGoOnIsAFailure() {
        assertInstanceOf(
                DeadlockException.class,
                outcomes.get("waitsForever()").getThrowable().orElseThrow());
    }

    @Test
    void tasksThatATestLeavesAreCancelled() {
        assertEquals(Optional.empty(), outcomes.get("leavesATask()").getThrowable());
        assertEquals(List.of("cancelled"), Samples.LOG);
    }

    private static Map<String, TestExecutionResult> outcomesOf(Class<?> tests) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .build();
        Samples.LOG.clear();
        Map<String, TestExecutionResult> outcomes = new HashMap<>();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    outcomes.put(test.getDisplayName(), result);
                }
            }
        });
        return outcomes;
    }
}
