package dev.asyncio.blocking;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.toThread;

import dev.asyncio.Asyncio;
import dev.asyncio.EventLoop;
import dev.asyncio.Future;
import dev.asyncio.RunnerOptions;
import dev.asyncio.Task;
import dev.asyncio.VoidCallable;
import dev.asyncio.VoidCoroutine;
import dev.asyncio.subprocess.AsyncProcess;
import dev.asyncio.subprocess.Subprocess;
import dev.asyncio.subprocess.SubprocessOptions;
import java.io.FileInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;

/** Blocks wherever one can, and prints where that was noticed. */
public final class BlockingProgram {
    private static final ConcurrentLinkedQueue<String> LOG = new ConcurrentLinkedQueue<>();

    private BlockingProgram() {}

    public static void main(String[] args) throws Exception {
        BlockHound.install();
        tryTo("sleep, before the loop", () -> Thread.sleep(1));
        Asyncio.run((VoidCoroutine) BlockingProgram::main, RunnerOptions.DEFAULT.withInterruptHandler(false));
        tryTo("sleep, after the loop", () -> Thread.sleep(1));
        LOG.forEach(System.out::println);
    }

    private static void main() {
        EventLoop loop = getRunningLoop();
        tryTo("sleep, Java body", () -> Thread.sleep(1));
        tryTo("latch, Java body", () -> new CountDownLatch(1).await(1, TimeUnit.MINUTES));
        tryTo("monitor, Java body", BlockingProgram::waitForMonitor);
        tryTo("file, Java body", BlockingProgram::readFile);
        await(sleep(Duration.ofMillis(1)));
        tryTo("sleep, Java body after an await", () -> Thread.sleep(1));

        Task<Void> other = createTask(() -> {
            await(sleep(Duration.ZERO));
            tryTo("sleep, another Java body", () -> Thread.sleep(1));
        });
        await(other);

        Future<Void> called = loop.createFuture();
        loop.callSoon(() -> {
            tryTo("sleep, callback", () -> Thread.sleep(1));
            called.setResult(null);
        });
        await(called);

        Future<Void> completed = loop.createFuture();
        Future<Void> seen = loop.createFuture();
        completed.addDoneCallback(future -> {
            tryTo("sleep, done-callback", () -> Thread.sleep(1));
            seen.setResult(null);
        });
        completed.setResult(null);
        await(seen);

        tryTo("processes, Java body", () -> {
            AsyncProcess cat = await(Subprocess.exec(SubprocessOptions.PIPES, "cat"));
            await(cat.communicate("x".repeat(1_000_000)));
            AsyncProcess sleeper = await(Subprocess.exec(SubprocessOptions.PIPES, "cat"));
            sleeper.sendSignal("USR2");
            await(sleeper.waitFor());
        });

        await(KotlinBlocking.body());
        await(createTask(KotlinBlocking.body()));

        await(toThread(() -> tryTo("sleep, other thread", () -> Thread.sleep(1))));
        loop.callExceptionHandler(dev.asyncio.ExceptionContext.builder("logged").build());
    }

    /** Where a body of the other language blocks. */
    static void sleepIn(String where) {
        tryTo("sleep, " + where, () -> Thread.sleep(1));
    }

    private static void waitForMonitor() throws InterruptedException {
        Object monitor = new Object();
        synchronized (monitor) {
            monitor.wait(1);
        }
    }

    private static void readFile() throws Exception {
        try (InputStream file = new FileInputStream("/dev/null")) {
            file.read(new byte[1]);
        }
    }

    private static void tryTo(String what, VoidCallable blocking) {
        try {
            blocking.call();
            LOG.add(what + ": fine");
        } catch (BlockingOperationError e) {
            LOG.add(what + ": noticed");
        } catch (Exception e) {
            LOG.add(what + ": " + e);
        }
    }
}
