package dev.asyncio.subprocess;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.timeout;
import static dev.asyncio.Asyncio.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.CancelledError;
import dev.asyncio.Task;
import dev.asyncio.TimeoutException;
import dev.asyncio.support.AsyncioLog;
import dev.asyncio.support.Runs;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How processes end, by themselves and by signals, and who gets to know. */
class SubprocessEndTest extends SubprocessFixture {
    // ---- the end

    @ParameterizedTest
    @CsvSource({
        "exit 0, 0", "exit 7, 7", "exit 255, 255", "kill -9 $$, -9", "kill -15 $$, -15",
        "kill -12 $$, -12", "kill -6 $$, -6", "kill -USR1 $$, -10", "exit 128, 128", "exit 200, 200"
    })
    void theReturnCodeIsPythons(String command, int code) {
        Runs.real(
                () -> assertEquals(code, await(await(Subprocess.shell(command)).waitFor())));
    }

    @Test
    void allWaitersAreTold() {
        Runs.real(() -> {
            AsyncProcess process = await(Subprocess.exec(PIPES, "cat"));
            Task<Integer> first = createTask(process.waitFor());
            Task<Integer> second = createTask(process.waitFor());
            process.stdin().close();
            assertEquals(java.util.List.of(0, 0), await(gather(first, second)));
        });
    }

    @Test
    void theEndIsNoticedWhileTheCommonPoolIsBusy() {
        CountDownLatch over = new CountDownLatch(1);
        for (int i = 0; i < ForkJoinPool.getCommonPoolParallelism(); i++) {
            ForkJoinPool.commonPool().execute(() -> {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        try {
            Runs.real(() -> {
                AsyncProcess process = await(Subprocess.exec("true"));
                assertEquals(0, await(timeout(Duration.ofSeconds(30), process.waitFor())));
                Task<AsyncProcess> starting = createTask(Subprocess.exec("sleep", FOR_EVER));
                await(sleep(Duration.ZERO));
                starting.cancel();
                assertThrows(CancelledError.class, () -> await(waitFor(starting, Duration.ofSeconds(30))));
            });
        } finally {
            over.countDown();
        }
    }

    @Test
    void aCancelledWaitLeavesTheProcessAlone() {
        Runs.real(() -> {
            AsyncProcess process = await(Subprocess.exec(PIPES, "sleep", FOR_EVER));
            for (int i = 0; i < 3; i++) {
                assertThrows(TimeoutException.class, () -> await(timeout(Duration.ofMillis(20), process.waitFor())));
            }
            assertNull(process.returnCode());
            process.kill();
            assertEquals(-9, await(process.waitFor()));
        });
    }

    @Test
    void aCommunicateThatWasLeftDoesNotKeepTheProcessFromEnding() {
        Runs.real(() -> {
            String command = "trap 'echo bye; exit 3' TERM; head -c 300000 /dev/zero; while :; do sleep 0.01; done";
            AsyncProcess process = await(Subprocess.shell(command, OUTPUT));
            Task<ProcessOutput> talking = createTask(process.communicate());
            while (!process.stdout().toString().contains("300000 bytes")) {
                await(sleep(Duration.ofMillis(1)));
            }
            talking.cancel();
            assertThrows(CancelledError.class, () -> await(talking));
            process.terminate();
            assertEquals(3, await(process.waitFor()));
            assertEquals(300_004, await(process.stdout().read()).length);
        });
    }

    @Test
    void aTimeoutAroundCommunicateLeavesTheProcessRunning() {
        Runs.real(() -> {
            AsyncProcess process = await(Subprocess.exec(PIPES, "sleep", FOR_EVER));
            assertThrows(TimeoutException.class, () -> await(timeout(Duration.ofMillis(50), process.communicate())));
            assertNull(process.returnCode());
            assertTrue(ProcessHandle.of(process.pid()).orElseThrow().isAlive());
            process.terminate();
            assertEquals(-15, await(process.waitFor()));
        });
    }

    @Test
    void theExitOfTheLoopEndsTheProcess() {
        long pid = Runs.real(() -> {
            AsyncProcess process = await(Subprocess.exec(PIPES, "sleep", FOR_EVER));
            return process.pid();
        });
        String message = AsyncioLog.messageOf(AsyncioLog.expect("is killed, since its loop was closed while it ran"));
        assertTrue(message.contains("pid=" + pid + " sleep running"), message);
        ProcessHandle.of(pid).ifPresent(it -> it.onExit().join());
    }

    // ---- signals

    @Test
    void signalsHaveNames() {
        Runs.real(() -> {
            String loyal =
                    "trap 'echo usr1' USR1; trap 'echo term; exit 5' TERM; echo ready; while :; do sleep 0.01; done";
            AsyncProcess process = await(Subprocess.shell(loyal, OUTPUT));
            assertEquals("ready\n", new String(await(process.stdout().readLine())));
            process.sendSignal("USR1");
            assertEquals("usr1\n", new String(await(process.stdout().readLine())));
            process.sendSignal("SIGTERM");
            assertEquals("term\n", new String(await(process.stdout().readLine())));
            assertEquals(5, await(process.waitFor()));
        });
    }

    @Test
    void signalsKeepTheirOrder() {
        Runs.real(() -> {
            // Stopped, it gets the other one only after it was continued.
            AsyncProcess process = await(Subprocess.exec("sleep", FOR_EVER));
            process.sendSignal("STOP");
            process.sendSignal("CONT");
            process.sendSignal("USR2"); // and not HUP or INT, which a child ignores whose parent was told to
            process.terminate();
            assertEquals(-12, await(process.waitFor()));
        });
    }

    @Test
    void aTerminatedProcessCanStillSpeak() {
        Runs.real(() -> {
            String command = "trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.01; done";
            AsyncProcess process = await(Subprocess.shell(command, OUTPUT));
            assertEquals("ready\n", new String(await(process.stdout().readLine())));
            process.terminate();
            assertEquals("bye\n", await(process.communicate()).stdoutText());
            assertEquals(0, process.returnCode());
        });
    }

    @Test
    void aProcessThatHasEndedGetsNoSignals() {
        Runs.real(() -> {
            AsyncProcess process = await(Subprocess.exec("true"));
            await(process.waitFor());
            await(sleep(Duration.ZERO)); // had it ended before the wait, the loop may still be about to say so
            ProcessLookupException late = assertThrows(ProcessLookupException.class, process::kill);
            assertTrue(late.getMessage().contains(process.pid() + " (true)"), late.getMessage());
            assertThrows(ProcessLookupException.class, process::terminate);
            assertThrows(ProcessLookupException.class, () -> process.sendSignal("INT"));
        });
    }

    @Test
    void unknownSignalsAreRefused() {
        Runs.real(() -> {
            AsyncProcess process = await(Subprocess.exec(PIPES, "cat"));
            assertThrows(IllegalArgumentException.class, () -> process.sendSignal("NO_SUCH"));
            assertThrows(IllegalArgumentException.class, () -> process.sendSignal("TERM; true"));
            await(process.communicate());
        });
    }
}
