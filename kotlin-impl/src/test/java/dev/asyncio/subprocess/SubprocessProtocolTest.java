package dev.asyncio.subprocess;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.streams.Endpoint;
import dev.asyncio.streams.Transport;
import dev.asyncio.support.Runs;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Processes for callbacks. The orders of events are those that CPython 3.13 gives for the same programs. */
class SubprocessProtocolTest extends SubprocessFixture {
    private static ProcessEvents start(String... command) {
        Endpoint<SubprocessTransport, ProcessEvents> process =
                await(getRunningLoop().subprocessExec(ProcessEvents::new, command));
        process.protocol().log.add("returned");
        return process.protocol();
    }

    private static Transport pipe(ProcessEvents process, int fd) {
        Transport pipe = process.transport.getPipeTransport(fd);
        assertNotNull(pipe);
        return pipe;
    }

    @Test
    void theTransportIsGivenAfterConnectionMade() {
        Runs.real(() -> {
            ProcessEvents cat = start("cat");
            assertEquals(List.of("made", "returned"), cat.log);
            assertNull(cat.transport.getReturnCode());
            pipe(cat, 0).write("hi".getBytes());
            pipe(cat, 0).close();
            await(cat.over);
            // CPython: ['made', 'returned', 'lost 0 None', "data 1 'hi'", 'lost 1 None', 'lost 2 None', 'exited 0', …];
            // the order of the five between is nobody's to say.
            assertEquals(List.of("made", "returned"), cat.log.subList(0, 2));
            assertEquals(List.of("data 1 hi", "exited 0", "lost 0", "lost 1", "lost 2"), sorted(cat.log.subList(2, 7)));
            assertTrue(cat.log.indexOf("data 1 hi") < cat.log.indexOf("lost 1"), () -> cat.log.toString());
            assertEquals(List.of("connection lost"), cat.log.subList(7, cat.log.size()));
            assertEquals(0, cat.transport.getReturnCode());
        });
    }

    private static List<String> sorted(List<String> events) {
        List<String> sorted = new ArrayList<>(events);
        sorted.sort(null);
        return sorted;
    }

    @Test
    void connectionLostComesAfterAllElse() {
        Runs.real(() -> {
            for (int i = 0; i < 20; i++) {
                ProcessEvents process = start("sh", "-c", "echo a; echo b >&2; exit 3");
                await(process.over);
                List<String> log = new ArrayList<>(process.log);
                assertEquals("made", log.get(0));
                assertEquals("connection lost", log.get(log.size() - 1));
                assertTrue(log.indexOf("data 1 a") < log.indexOf("lost 1"), () -> log.toString());
                assertTrue(log.indexOf("data 2 b") < log.indexOf("lost 2"), () -> log.toString());
                assertEquals(
                        List.of(
                                "connection lost",
                                "data 1 a",
                                "data 2 b",
                                "exited 3",
                                "lost 0",
                                "lost 1",
                                "lost 2",
                                "made",
                                "returned"),
                        sorted(log));
            }
        });
    }

    @Test
    void whatAGrandchildWritesComesAfterTheExit() {
        Runs.real(() -> {
            // CPython: ['made', 'returned', 'lost 0 None', 'exited 4', "data 1 'late'", 'lost 1 None', 'lost 2 None',
            // 'connection_lost None']. It speaks when the input ends, which is when the first process does.
            ProcessEvents process = start("sh", "-c", "exec 3<&0; (read line <&3; echo late) & sleep 0.1; exit 4");
            await(process.over);
            List<String> log = process.log;
            assertTrue(log.indexOf("exited 4") < log.indexOf("data 1 late"), () -> log.toString());
            assertTrue(log.indexOf("data 1 late") < log.indexOf("lost 1"), () -> log.toString());
            assertEquals("connection lost", log.get(log.size() - 1));
            assertEquals(8, log.size(), () -> log.toString());
        });
    }

    @Test
    void closeKillsAndClosesThePipesInOrder() {
        Runs.real(() -> {
            ProcessEvents process = start("sleep", "1000");
            assertEquals(List.of("made", "returned"), process.log);
            process.transport.close();
            process.log.add("closed");
            assertTrue(process.transport.isClosing());
            await(process.over);
            assertEquals(
                    List.of("made", "returned", "closed", "lost 0", "lost 1", "lost 2", "exited -9", "connection lost"),
                    process.log);
            process.transport.close();
            assertThrows(ProcessLookupException.class, process.transport::kill);
            assertThrows(ProcessLookupException.class, () -> process.transport.sendSignal("INT"));
        });
    }

    @Test
    void killClosesNothingItself() {
        Runs.real(() -> {
            ProcessEvents process = start("sleep", "1000");
            process.transport.kill();
            assertEquals(List.of("made", "returned"), process.log);
            await(process.over);
            assertEquals(List.of("exited -9", "lost 0", "lost 1", "lost 2"), sorted(process.log.subList(2, 6)));
            assertEquals("connection lost", process.log.get(6));
        });
    }

    @Test
    void writingPausesAtTheHighMark() {
        Runs.real(() -> {
            ProcessEvents process = start("sh", "-c", "read line; cat >/dev/null");
            Transport stdin = pipe(process, 0);
            stdin.setWriteBufferLimits(1000, 10);
            stdin.write(new byte[300_000]);
            assertEquals(List.of("made", "returned", "pause"), process.log);
            assertTrue(stdin.getWriteBufferSize() > 1000);
            stdin.write(new byte[300_000]);
            stdin.write("\n".getBytes());
            while (!process.log.contains("resume")) {
                await(sleep(Duration.ofMillis(1)));
            }
            stdin.writeEof();
            stdin.write("too late".getBytes());
            await(process.over);
            assertEquals(0, process.transport.getReturnCode());
            assertEquals(1, process.log.stream().filter("pause"::equals).count());
        });
    }

    @Test
    void readingPauses() {
        Runs.real(() -> {
            ProcessEvents process = start("sh", "-c", "echo ready; read line; echo \"$line\"");
            while (!process.log.contains("data 1 ready")) {
                await(sleep(Duration.ofMillis(1)));
            }
            Transport stdout = pipe(process, 1);
            assertTrue(stdout.isReading());
            stdout.pauseReading();
            stdout.pauseReading();
            pipe(process, 0).write("heard\n".getBytes());
            // Everything else ends, but not this pipe, which holds what was said.
            while (!process.log.contains("exited 0") || !process.log.contains("lost 2")) {
                await(sleep(Duration.ofMillis(1)));
            }
            assertFalse(process.log.contains("lost 1") || process.log.contains("data 1 heard"));
            stdout.resumeReading();
            assertFalse(process.log.contains("data 1 heard"));
            await(process.over);
            int size = process.log.size();
            assertEquals(List.of("data 1 heard", "lost 1", "connection lost"), process.log.subList(size - 3, size));
        });
    }

    @Test
    void aPipeGoesOneWay() {
        Runs.real(() -> {
            ProcessEvents process = start("cat");
            Transport stdin = pipe(process, 0);
            Transport stdout = pipe(process, 1);
            assertNull(process.transport.getPipeTransport(3));
            assertTrue(stdin.canWriteEof());
            assertThrows(UnsupportedOperationException.class, stdin::pauseReading);
            assertThrows(UnsupportedOperationException.class, () -> stdout.write(ByteBuffer.allocate(1)));
            assertThrows(UnsupportedOperationException.class, stdout::writeEof);
            assertTrue(process.transport.getExtraInfo("subprocess") instanceof Process);
            try (FileChannel file = FileChannel.open(Path.of("/dev/null"))) {
                assertThrows(
                        IllegalStateException.class,
                        () -> await(getRunningLoop().sendfile(stdin, file)));
            }
            stdin.abort();
            await(process.over);
            assertEquals(0, process.transport.getReturnCode());
        });
    }

    @Test
    void theShellIsThere() {
        Runs.real(() -> {
            ProcessEvents process = await(getRunningLoop().subprocessShell(ProcessEvents::new, "cat; exit 2"))
                    .protocol();
            pipe(process, 0).writeLines(List.of("a".getBytes(), "b".getBytes()));
            pipe(process, 0).close();
            await(process.over);
            assertTrue(process.log.contains("data 1 ab"), () -> process.log.toString());
            assertEquals(2, process.transport.getReturnCode());
        });
    }

    @Test
    void anExceptionOfTheProtocolIsReported() {
        Runs.real(() -> {
            List<String> reports = new ArrayList<>();
            getRunningLoop()
                    .setExceptionHandler(
                            (loop, context) -> reports.add(context.exception().getMessage()));
            class Failing extends ProcessEvents {
                @Override
                public void pipeDataReceived(int fd, byte[] data) {
                    super.pipeDataReceived(fd, data);
                    throw new IllegalStateException("no");
                }
            }
            Failing process = await(getRunningLoop().subprocessShell(Failing::new, "echo a; sleep 0.1; echo b"))
                    .protocol();
            await(process.over);
            assertEquals(List.of("no", "no"), reports);
            assertTrue(process.log.contains("data 1 b"));
        });
    }
}
