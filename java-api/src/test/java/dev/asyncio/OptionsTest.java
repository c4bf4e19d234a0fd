package dev.asyncio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.doubles.Doubles;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private final Context context = Doubles.unused(Context.class);
    private final Supplier<EventLoop> factory = () -> Doubles.unused(EventLoop.class);

    @Test
    void defaultTaskOptionsLeaveEverythingOpen() {
        assertNull(TaskOptions.DEFAULT.name());
        assertNull(TaskOptions.DEFAULT.context());
        assertNull(TaskOptions.DEFAULT.eagerStart());
    }

    @Test
    void taskOptionsAreSetOneByOne() {
        TaskOptions options =
                TaskOptions.DEFAULT.withName("n").withContext(context).withEagerStart(true);

        assertEquals("n", options.name());
        assertSame(context, options.context());
        assertEquals(true, options.eagerStart());
        assertNull(TaskOptions.DEFAULT.name());
    }

    @Test
    void taskOptionsCanBeTakenBack() {
        TaskOptions options =
                TaskOptions.DEFAULT.withName("n").withContext(context).withEagerStart(false);

        assertEquals(
                TaskOptions.DEFAULT, options.withName(null).withContext(null).withEagerStart(null));
    }

    @Test
    void taskOptionsAreEqualByContent() {
        TaskOptions options = TaskOptions.DEFAULT.withName("n");

        assertEquals(options, TaskOptions.DEFAULT.withName("n"));
        assertEquals(options.hashCode(), TaskOptions.DEFAULT.withName("n").hashCode());
        for (TaskOptions other : List.of(
                options.withName("m"),
                options.withContext(context),
                options.withEagerStart(true),
                TaskOptions.DEFAULT)) {
            assertNotEquals(options, other);
        }
        assertEquals("TaskOptions[name=n, context=null, eagerStart=null]", options.toString());
    }

    @Test
    void defaultRunnerOptionsAreThoseOfAsyncioRun() {
        assertNull(RunnerOptions.DEFAULT.debug());
        assertNull(RunnerOptions.DEFAULT.loopFactory());
        assertEquals(Carrier.AUTO, RunnerOptions.DEFAULT.carrier());
        assertTrue(RunnerOptions.DEFAULT.interruptHandler());
    }

    @Test
    void runnerOptionsAreSetOneByOne() {
        RunnerOptions options = RunnerOptions.DEFAULT
                .withDebug(true)
                .withLoopFactory(factory)
                .withCarrier(Carrier.PLATFORM)
                .withInterruptHandler(false);

        assertEquals(true, options.debug());
        assertSame(factory, options.loopFactory());
        assertEquals(Carrier.PLATFORM, options.carrier());
        assertEquals(false, options.interruptHandler());
        assertNull(RunnerOptions.DEFAULT.debug());
    }

    @Test
    void runnerOptionsCanBeTakenBack() {
        RunnerOptions options = RunnerOptions.DEFAULT.withDebug(false).withLoopFactory(factory);

        assertEquals(RunnerOptions.DEFAULT, options.withDebug(null).withLoopFactory(null));
        assertNull(options.withScope(Runnable::run).withScope(null).scope());
        assertThrows(NullPointerException.class, () -> options.withCarrier(null));
    }

    @Test
    void runnerOptionsAreEqualByContent() {
        RunnerOptions options = RunnerOptions.DEFAULT.withDebug(true);

        assertEquals(options, RunnerOptions.DEFAULT.withDebug(true));
        assertEquals(options.hashCode(), RunnerOptions.DEFAULT.withDebug(true).hashCode());
        for (RunnerOptions other : List.of(
                options.withDebug(false),
                options.withLoopFactory(factory),
                options.withCarrier(Carrier.LOOP),
                options.withInterruptHandler(false),
                options.withScope(Runnable::run),
                RunnerOptions.DEFAULT)) {
            assertNotEquals(options, other);
        }
        assertEquals(
                "RunnerOptions[debug=true, loopFactory=null, carrier=AUTO, interruptHandler=true, scope=null]",
                options.toString());
    }
}
