package dev.asyncio.loop;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.asyncio.Future;
import dev.asyncio.Task;
import dev.asyncio.TimerHandle;
import dev.asyncio.support.Runs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Hundreds of timers that fire in the same iteration. */
class ManyTimersTest {
    private static final int COUNT = 3_000;
    private static final Duration MOMENT = Duration.ofMillis(5);

    private final List<Integer> trace = new ArrayList<>();

    @Test
    void callbacksRunInOrderOfDeadlineAndThenOfCreation() {
        Runs.virtual(() -> {
            for (int i = 0; i < COUNT; i++) {
                int number = i;
                getRunningLoop().callLater(delayOf(i), () -> trace.add(number));
            }
            await(sleep(Duration.ofSeconds(1)));
        });
        assertEquals(inOrderOfDeadline(), trace);
    }

    /** Each jump of the clock is as cheap with many tasks as with few. */
    @Test
    void aHundredThousandTasksSleepForTimesOfTheirOwn() {
        int count = 100_000;
        assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () -> Runs.virtual(() -> {
                    List<Task<Void>> all = new ArrayList<>();
                    for (int i = 1; i <= count; i++) all.add(createTask(sleep(Duration.ofMillis(i))));
                    await(gather(all));
                    assertEquals(Duration.ofMillis(count), getRunningLoop().time());
                }));
    }

    @Test
    void bodiesThatSleepAndOperationsWithoutABodyWakeInOneOrder() {
        Runs.virtual(() -> {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < COUNT; i++) {
                int number = i;
                if (i % 10 == 0) {
                    all.add(createTask(() -> {
                        await(sleep(delayOf(number)));
                        trace.add(number);
                    }));
                } else {
                    Task<Void> sleeper = createTask(waitFor(sleep(delayOf(number)), null));
                    sleeper.addDoneCallback(done -> trace.add(number));
                    all.add(sleeper);
                }
            }
            await(gather(all));
        });
        // A done-callback runs one iteration after the step in which a body ends.
        List<Integer> bodiesFirst = IntStream.range(0, COUNT)
                .boxed()
                .sorted(Comparator.comparing(ManyTimersTest::delayOf).thenComparing(i -> i % 10 != 0))
                .collect(Collectors.toList());
        assertEquals(bodiesFirst, trace);
    }

    @Test
    void oneThatIsCancelledByAnotherOfTheSameMomentDoesNotRun() {
        Runs.virtual(() -> {
            List<TimerHandle> others = new ArrayList<>();
            getRunningLoop().callLater(MOMENT, () -> {
                for (int i = 0; i < COUNT; i += 2) {
                    others.get(i).cancel();
                }
            });
            for (int i = 0; i < COUNT; i++) {
                int number = i;
                others.add(getRunningLoop().callLater(MOMENT, () -> trace.add(number)));
            }
            await(sleep(Duration.ofSeconds(1)));
        });
        assertEquals(IntStream.range(0, COUNT).filter(i -> i % 2 == 1).boxed().collect(Collectors.toList()), trace);
    }

    /** One of ten moments, at which a tenth of all timers is due each. */
    private static Duration delayOf(int number) {
        return Duration.ofMillis(1 + number * 7919L % 10);
    }

    private static List<Integer> inOrderOfDeadline() {
        return IntStream.range(0, COUNT)
                .boxed()
                .sorted(Comparator.comparing(ManyTimersTest::delayOf))
                .collect(Collectors.toList());
    }
}
