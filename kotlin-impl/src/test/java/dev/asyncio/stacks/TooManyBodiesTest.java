package dev.asyncio.stacks;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Carrier;
import dev.asyncio.Future;
import dev.asyncio.Task;
import dev.asyncio.TaskOptions;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On platform threads, as many bodies can wait at once as there may be threads; the rest gets an error that says so. */
class TooManyBodiesTest {
    private static final String PROPERTY = "dev.asyncio.carrier.platform.max";

    private String before;

    @BeforeEach
    void allowFewThreads() {
        before = System.getProperty(PROPERTY);
        System.setProperty(PROPERTY, "50");
    }

    @AfterEach
    void allowAsManyAsBefore() {
        if (before == null) {
            System.clearProperty(PROPERTY);
        } else {
            System.setProperty(PROPERTY, before);
        }
    }

    @Test
    void aHundredThousandBodiesAtOnceAreAClearErrorAndAllIsCleanedUp() {
        int count = 100_000;
        int[] finallyBlocks = {0};
        Runs.virtual(Carrier.PLATFORM, () -> {
            Future<Void> go = getRunningLoop().createFuture();
            List<Task<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                tasks.add(createTask(() -> {
                    try {
                        await(go);
                    } finally {
                        finallyBlocks[0]++;
                    }
                }));
            }
            await(sleep(Duration.ofSeconds(1)));
            int refused = 0;
            for (Task<Void> task : tasks) {
                if (task.done()) {
                    IllegalStateException e = assertInstanceOf(IllegalStateException.class, task.exception());
                    assertTrue(e.getMessage().contains(PROPERTY), e::getMessage);
                    refused++;
                }
            }
            assertTrue(Threads.named("asyncio-body").size() <= 50);
            // Main has one of the stacks, and one at most waits for work.
            assertTrue(count - refused == 48 || count - refused == 49, refused + " were refused");
            go.setResult(null);
            await(sleep(Duration.ofSeconds(1)));
            assertEquals(count - refused, finallyBlocks[0]);
        });
        assertEquals(List.of(), Threads.ofTheSdk());
    }

    @Test
    void thoseThatAreLeftAtTheEndAreCancelledAsUsual() {
        int[] cancelled = {0};
        List<Task<Void>> tasks = new ArrayList<>();
        Runs.virtual(Carrier.PLATFORM, () -> {
            for (int i = 0; i < 40; i++) {
                tasks.add(createTask(() -> {
                    try {
                        await(sleep(Duration.ofDays(1)));
                    } finally {
                        cancelled[0]++;
                    }
                }));
            }
            await(sleep(Duration.ofSeconds(1)));
        });
        assertEquals(40, cancelled[0]);
        assertTrue(tasks.stream().allMatch(Task::cancelled));
    }

    @Test
    void bodiesThatDoNotWaitAtTheSameTimeAreNotTooMany() {
        int[] ran = {0};
        Runs.virtual(Carrier.PLATFORM, () -> {
            for (int i = 0; i < 1000; i++) {
                createTask(() -> ran[0]++);
            }
            for (int i = 0; i < 1000; i++) {
                await(createTask(() -> {
                    await(sleep(Duration.ofSeconds(1)));
                    ran[0]++;
                }));
            }
        });
        assertEquals(2000, ran[0]);
    }

    @Test
    void anEagerBodyThatIsOneTooManyFailsAndItsCreatorGoesOn() {
        Runs.virtual(Carrier.PLATFORM, () -> {
            List<Task<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                tasks.add(createTask(
                        () -> await(sleep(Duration.ofSeconds(1))), TaskOptions.DEFAULT.withEagerStart(true)));
            }
            List<Task<Void>> failed = tasks.stream().filter(Task::done).collect(Collectors.toList());
            assertTrue(failed.size() >= 10 && failed.size() <= 12, failed.size() + " failed");
            for (Task<Void> task : failed) {
                assertInstanceOf(IllegalStateException.class, task.exception());
            }
        });
    }
}
