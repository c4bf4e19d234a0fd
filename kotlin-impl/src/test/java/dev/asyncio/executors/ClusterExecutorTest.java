package dev.asyncio.executors;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.CancelledError;
import dev.asyncio.Future;
import dev.asyncio.Task;
import dev.asyncio.VoidCallable;
import dev.asyncio.executors.ClusterExecutor.Kind;
import dev.asyncio.support.Oops;
import dev.asyncio.support.Runs;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Work that travels: what the user made is submitted as it is, and what cannot travel stays. */
class ClusterExecutorTest {
    /** What the copies of a job have done; they have nothing else in common with it. */
    private static volatile CountDownLatch mayEnd;

    private static final class Job implements Callable<Job>, Serializable {
        private static final long serialVersionUID = 1;

        private final int number;

        Job(int number) {
            this.number = number;
        }

        @Override
        public Job call() {
            return this;
        }
    }

    private static <T> Callable<T> travelling(Callable<T> work) {
        return work;
    }

    @ParameterizedTest
    @EnumSource
    void aSerializableCallableIsSubmittedItself(Kind kind) {
        Job job = new Job(7);
        Runs.virtual(() -> {
            Job done = await(getRunningLoop().runInExecutor(new ClusterExecutor(kind), job));
            assertEquals(7, done.number);
            assertNotSame(job, done);
        });
    }

    @ParameterizedTest
    @EnumSource
    void itsFailureIsThrownByTheAwaitAsItIs(Kind kind) {
        Callable<Object> failing = travelling((Callable<Object> & Serializable) () -> {
            throw new Oops("over there");
        });
        Runs.virtual(() -> {
            Future<Object> future = getRunningLoop().runInExecutor(new ClusterExecutor(kind), failing);
            assertEquals(
                    "over there", assertThrows(Oops.class, () -> await(future)).getMessage());
        });
    }

    @ParameterizedTest
    @EnumSource
    void workWithoutAResultTravelsToo(Kind kind) {
        mayEnd = new CountDownLatch(1);
        VoidCallable work = (VoidCallable & Serializable) () -> mayEnd.countDown();
        Runs.virtual(() -> {
            await(getRunningLoop().runInExecutor(new ClusterExecutor(kind), work));
            assertEquals(0, mayEnd.getCount());
        });
    }

    @ParameterizedTest
    @EnumSource
    void cancellingTheWaiterCancelsTheJobWithoutAnInterrupt(Kind kind) {
        mayEnd = new CountDownLatch(1);
        ClusterExecutor cluster = new ClusterExecutor(kind);
        Runs.virtual(() -> {
            Callable<Void> waiting = travelling((Callable<Void> & Serializable) () -> {
                mayEnd.await();
                return null;
            });
            Task<Void> task = createTask(() -> await(getRunningLoop().runInExecutor(cluster, waiting)));
            await(sleep(Duration.ZERO));
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
            mayEnd.countDown();
        });
        assertEquals("cancel(false)", cluster.cancelled());
    }

    @Test
    void whatCannotTravelIsExecutedInPlace() {
        Object here = new Object();
        Runs.virtual(() -> {
            assertSame(here, await(getRunningLoop().runInExecutor(new ClusterExecutor(Kind.STAGES), () -> here)));
        });
    }

    @Test
    void aRefusalIsTheCallersException() {
        Runs.virtual(() -> {
            ClusterExecutor cluster = new ClusterExecutor(Kind.STAGES);
            cluster.shutdown();
            assertThrows(IllegalStateException.class, () -> getRunningLoop().runInExecutor(cluster, new Job(7)));
            await(sleep(Duration.ofSeconds(1)));
            assertTrue(cluster.isShutdown());
        });
    }
}
