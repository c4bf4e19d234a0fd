package dev.asyncio.testing.junit;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.currentTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.ContextVar;
import dev.asyncio.EventLoop;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test methods that await. */
@ExtendWith(AsyncioExtension.class)
class AsyncioExtensionTest {
    private static final ContextVar<String> VARIABLE = new ContextVar<>("variable", "default");
    private static final Set<EventLoop> LOOPS = new HashSet<>();

    private EventLoop before;

    @BeforeEach
    void beforeEach() {
        await(sleep(Duration.ofHours(1)));
        before = getRunningLoop();
        VARIABLE.set("from before");
    }

    @AfterEach
    void afterEach() {
        await(sleep(Duration.ofHours(1)));
        assertSame(before, getRunningLoop());
        assertEquals("from before", VARIABLE.get());
    }

    @Test
    void aTestIsATask() {
        assertEquals("late", await(sleep(Duration.ofHours(1), "late")));
        assertNotNull(currentTask());
        assertEquals(Duration.ofHours(2), getRunningLoop().time());
    }

    @Test
    void whatComesBeforeAndAfterATestRunsOnItsLoopAndInItsContext() {
        assertSame(before, getRunningLoop());
        assertEquals("from before", VARIABLE.get());
    }

    @RepeatedTest(2)
    void eachRepetitionHasALoopOfItsOwn() {
        assertTrue(LOOPS.add(getRunningLoop()));
        assertEquals(Duration.ofHours(1), getRunningLoop().time());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aTestWithParametersAwaits(int hours) {
        assertEquals(hours, await(sleep(Duration.ofHours(hours), hours)));
    }

    @TestFactory
    Stream<DynamicTest> dynamicTestsOfAFactoryShareALoop() {
        return Stream.of("a", "b")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    await(sleep(Duration.ofHours(1)));
                    assertSame(before, getRunningLoop());
                }));
    }

    @Nested
    class InsideOfAnotherClass {
        @Test
        void aTestAwaits() {
            await(sleep(Duration.ofHours(1)));
            assertSame(before, getRunningLoop());
        }
    }
}
