package dev.asyncio.runner;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.getRunningLoop;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.ContextVar;
import dev.asyncio.EventLoop;
import dev.asyncio.Future;
import dev.asyncio.subprocess.Subprocess;
import dev.asyncio.support.ChildJvm;
import dev.asyncio.support.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals that this very process, or one of its own kind, gets. */
class SignalHandlersTest {
    /** On Linux, where they are looked up in a mask. */
    private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "USR1", 10, "USR2", 12, "TERM", 15);

    /** To be called only while there is a handler for it. */
    private static void signal(String name) {
        String pid = Long.toString(ProcessHandle.current().pid());
        assertEquals(0, await(await(Subprocess.exec("kill", "-s", name, pid)).waitFor()));
    }

    /** What runs in the background or under nohup ignores some, and a JVM that was started like that never hears them. */
    private static void assumeHeard(String name) throws IOException {
        Path status = Path.of("/proc/self/status");
        assumeTrue(Files.exists(status), "nobody can tell which signals are ignored here");
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("SigIgn:")) {
                long ignored = Long.parseUnsignedLong(
                        line.substring("SigIgn:".length()).trim(), 16);
                long bit = 1L << NUMBERS.get(name) - 1;
                assumeTrue((ignored & bit) == 0, "the tests were started with the signal " + name + " ignored");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP", "USR1", "USR2"})
    void theCallbackRunsOnTheLoop(String name) throws IOException {
        assumeHeard(name);
        Runs.real(() -> {
            EventLoop loop = getRunningLoop();
            Future<EventLoop> heard = loop.createFuture();
            loop.addSignalHandler(name, () -> heard.setResult(getRunningLoop()));
            signal(name);
            assertSame(loop, await(heard));
            assertTrue(loop.removeSignalHandler("SIG" + name));
            assertFalse(loop.removeSignalHandler(name));
        });
    }

    @Test
    void anotherHandlerReplacesTheFirst() {
        Runs.real(() -> {
            EventLoop loop = getRunningLoop();
            List<String> log = new ArrayList<>();
            Future<Void> heard = loop.createFuture();
            loop.addSignalHandler("USR2", () -> log.add("first"));
            loop.addSignalHandler("USR2", () -> {
                log.add("second");
                heard.setResult(null);
            });
            signal("USR2");
            await(heard);
            assertEquals(List.of("second"), log);
            assertTrue(loop.removeSignalHandler("USR2"));
        });
    }

    @Test
    void theEndOfTheLoopGivesTheSignalBack() {
        Runs.real(() -> {
            Future<Void> heard = getRunningLoop().createFuture();
            getRunningLoop().addSignalHandler("USR2", () -> heard.setResult(null));
            EventLoop inner = Asyncio.newEventLoop();
            inner.addSignalHandler("USR2", () -> heard.setException(new AssertionError("of the closed loop")));
            inner.close();
            signal("USR2");
            await(heard);
        });
    }

    @Test
    void aLoopThatIsClosedLeavesTheSignalToTheOthersWhateverTheirOrder() {
        Runs.real(() -> {
            EventLoop outer = getRunningLoop();
            List<String> log = new ArrayList<>();
            Future<Void> heard = outer.createFuture();
            outer.addSignalHandler("USR2", () -> {
                log.add("outer");
                heard.setResult(null);
            });
            EventLoop first = Asyncio.newEventLoop();
            EventLoop second = Asyncio.newEventLoop();
            first.addSignalHandler("USR2", () -> log.add("first"));
            second.addSignalHandler("USR2", () -> log.add("second"));
            first.close();
            second.close();
            signal("USR2");
            await(heard);
            assertEquals(List.of("outer"), log);
        });
    }

    @Test
    void theCallbackRunsInTheContextThatItWasAddedInEachTime() {
        ContextVar<Integer> count = new ContextVar<>("count");
        Runs.real(() -> {
            EventLoop loop = getRunningLoop();
            List<Future<Integer>> heard = List.of(loop.createFuture(), loop.createFuture());
            count.set(0);
            loop.addSignalHandler("USR2", () -> {
                int before = count.get();
                count.set(before + 1);
                heard.get(before).setResult(before);
            });
            count.set(7);
            for (int i = 0; i < heard.size(); i++) {
                signal("USR2");
                assertEquals(i, await(heard.get(i)));
            }
            assertEquals(7, count.get());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "STOP", "QUIT", "SEGV", "FPE", "ILL"})
    void whatTheJvmKeepsIsRefused(String name) {
        Runs.real(() -> {
            IllegalStateException e = assertThrows(
                    IllegalStateException.class, () -> getRunningLoop().addSignalHandler(name, () -> {}));
            assertTrue(e.getMessage().startsWith("the signal " + name + " cannot have a handler"), e.getMessage());
            assertTrue(e.getMessage().contains("such as USR2"), e.getMessage());
            assertFalse(getRunningLoop().removeSignalHandler(name));
        });
    }

    @Test
    void whatIsNoSignalIsRefused() {
        Runs.real(() -> {
            EventLoop loop = getRunningLoop();
            assertThrows(IllegalArgumentException.class, () -> loop.addSignalHandler("NO_SUCH", () -> {}));
            assertThrows(IllegalArgumentException.class, () -> loop.removeSignalHandler("NO_SUCH"));
        });
    }

    @Test
    void aJvmWithoutSignalsSaysSo() throws Exception {
        try (ChildJvm child = ChildJvm.with().flags("-Xrs").start(WantsTerm.class)) {
            child.awaitExit();
            List<String> lines = child.lines();
            assertEquals(1, lines.size(), lines::toString);
            String line = lines.get(0);
            assertTrue(line.startsWith("the signal TERM cannot have a handler"), line);
            assertTrue(line.endsWith("or run without that flag"), line);
        }
    }

    static class WantsTerm {
        public static void main(String[] args) {
            Runs.real(() -> {
                try {
                    getRunningLoop().addSignalHandler("TERM", () -> {});
                } catch (IllegalStateException e) {
                    System.out.println(e.getMessage());
                }
            });
        }
    }
}
