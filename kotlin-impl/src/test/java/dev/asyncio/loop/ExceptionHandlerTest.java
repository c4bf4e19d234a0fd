package dev.asyncio.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Context;
import dev.asyncio.ContextVar;
import dev.asyncio.ExceptionContext;
import dev.asyncio.ExceptionHandler;
import dev.asyncio.Future;
import dev.asyncio.Handle;
import dev.asyncio.KeyboardInterrupt;
import dev.asyncio.Task;
import dev.asyncio.support.AsyncioLog;
import dev.asyncio.support.Trace;
import dev.asyncio.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where exceptions go that nobody can catch. */
class ExceptionHandlerTest {
    private final VirtualTimeLoop loop = new VirtualTimeLoop();
    private final Trace trace = new Trace();
    private final List<ExceptionContext> reports = new ArrayList<>();

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void aLogThatFailsDoesNotReachTheLoop() {
        Logger log = Logger.getLogger("asyncio");
        Handler broken = new BrokenLog();
        log.addHandler(broken);
        try {
            loop.callSoon(() -> {
                throw new RuntimeException("in a callback");
            });
            loop.callSoon(trace.adding("next"));
            loop.runUntilIdle();
        } finally {
            log.removeHandler(broken);
        }
        trace.is("next");
        AsyncioLog.expect("Exception in callback");
        AsyncioLog.expect("Exception in default exception handler");
    }

    private static final class BrokenLog extends Handler {
        @Override
        public void publish(LogRecord record) {
            throw new IllegalStateException("the log server is away");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void anExceptionOfACallbackIsReportedAndTheOthersRun() {
        RuntimeException error = new RuntimeException("in a callback");
        loop.setExceptionHandler((l, report) -> {
            assertSame(loop, l);
            reports.add(report);
        });
        var handle = loop.callSoon(() -> {
            throw error;
        });
        loop.callSoon(trace.adding("next"));
        loop.runUntilIdle();
        trace.is("next");
        assertEquals(1, reports.size());
        ExceptionContext report = reports.get(0);
        assertTrue(report.message().startsWith("Exception in callback"), report::message);
        assertSame(error, report.exception());
        assertSame(handle, report.handle());
        assertNull(report.task());
    }

    @Test
    void anExceptionOfATimerOrADoneCallbackIsReportedToo() {
        loop.setExceptionHandler((l, report) -> trace.add(report.exception().getMessage()));
        Future<Integer> future = loop.createFuture();
        future.addDoneCallback(done -> {
            throw new RuntimeException("done-callback");
        });
        future.addDoneCallback(done -> trace.add("the other done-callback"));
        future.setResult(1);
        loop.callLater(Duration.ofSeconds(1), () -> {
            throw new RuntimeException("timer");
        });
        loop.runUntilIdle();
        trace.is("done-callback", "the other done-callback", "timer");
    }

    @Test
    void withoutAHandlerItIsLoggedAsAnErrorWithItsStackTrace() {
        RuntimeException error = new RuntimeException("logged");
        loop.callSoon(() -> {
            throw error;
        });
        loop.runUntilIdle();
        LogRecord record = AsyncioLog.expect("Exception in callback");
        assertEquals(Level.SEVERE, record.getLevel());
        assertSame(error, record.getThrown());
    }

    @Test
    void theDefaultHandlerLogsTheKeysInOrder() {
        loop.callExceptionHandler(ExceptionContext.builder("what happened")
                .extra("zebra", "last")
                .extra("apple", "first")
                .build());
        assertEquals(
                "what happened\napple: first\nzebra: last",
                AsyncioLog.expect("what").getMessage());
        loop.callExceptionHandler(ExceptionContext.builder("").build());
        AsyncioLog.expect("Unhandled exception in event loop");
    }

    @Test
    void aHandlerThatThrowsIsReportedToTheDefaultOneWithTheFirstReport() {
        loop.setExceptionHandler((l, report) -> {
            throw new IllegalStateException("the handler is broken");
        });
        loop.callSoon(() -> {
            throw new RuntimeException("original");
        });
        loop.callSoon(trace.adding("next"));
        loop.runUntilIdle();
        trace.is("next");
        LogRecord record = AsyncioLog.expect("Unhandled error in exception handler");
        assertEquals("the handler is broken", record.getThrown().getMessage());
        assertTrue(record.getMessage().contains("original"), record::getMessage);
    }

    @Test
    void aFatalErrorOfAHandlerLeavesTheLoop() {
        loop.setExceptionHandler((l, report) -> {
            throw new KeyboardInterrupt();
        });
        loop.callSoon(() -> {
            throw new RuntimeException("original");
        });
        assertThrows(KeyboardInterrupt.class, loop::runForever);
    }

    @Test
    void aHandlerMayDeferToTheDefaultOne() {
        loop.setExceptionHandler((l, report) -> l.defaultExceptionHandler(report));
        loop.callSoon(() -> {
            throw new RuntimeException("passed on");
        });
        loop.runUntilIdle();
        assertEquals(
                "passed on",
                AsyncioLog.expect("Exception in callback").getThrown().getMessage());
    }

    @Test
    void theHandlerThatWasSetIsToldAndTakenBackWithNull() {
        assertNull(loop.getExceptionHandler());
        ExceptionHandler handler = (l, report) -> {};
        loop.setExceptionHandler(handler);
        assertSame(handler, loop.getExceptionHandler());
        loop.setExceptionHandler(null);
        assertNull(loop.getExceptionHandler());
    }

    @Test
    void theHandlerRunsInTheContextOfTheCallbackThatFailed() {
        ContextVar<String> variable = new ContextVar<>("variable", "default");
        loop.setExceptionHandler((l, report) -> trace.add(variable.get()));
        loop.callSoon(() -> {
            variable.set("the callback's");
            throw new RuntimeException();
        });
        loop.runUntilIdle();
        trace.is("the callback's");
    }

    @Test
    void theHandlerRunsInTheContextThatTheCallbackWasGiven() {
        ContextVar<String> variable = new ContextVar<>("variable", "default");
        Context context = Context.copyContext();
        context.run(() -> variable.set("the given one's"));
        loop.setExceptionHandler((l, report) -> trace.add(variable.get()));
        loop.callSoon(
                () -> {
                    throw new RuntimeException();
                },
                context);
        loop.runUntilIdle();
        trace.is("the given one's");
    }

    @Test
    void theHandlerRunsInTheContextOfACallbackThatHasCancelledItself() {
        ContextVar<String> variable = new ContextVar<>("variable", "default");
        Context context = Context.copyContext();
        context.run(() -> variable.set("the given one's"));
        loop.setExceptionHandler((l, report) -> trace.add(variable.get()));
        Handle[] handle = new Handle[1];
        handle[0] = loop.callSoon(
                () -> {
                    handle[0].cancel();
                    throw new RuntimeException();
                },
                context);
        loop.runUntilIdle();
        trace.is("the given one's");
    }

    @Test
    void aDoneCallbackThatFailsIsAHandleWithAContextToo() {
        ContextVar<String> variable = new ContextVar<>("variable", "default");
        loop.setExceptionHandler((l, report) -> {
            trace.add(variable.get());
            reports.add(report);
        });
        Future<Integer> future = loop.createFuture();
        future.addDoneCallback(done -> {
            variable.set("the done-callback's");
            throw new RuntimeException();
        });
        future.setResult(1);
        loop.runUntilIdle();
        trace.is("the done-callback's");
        assertNotNull(reports.get(0).handle());
    }

    @Test
    void theHandlerRunsInTheContextOfTheTaskThatIsReported() {
        ContextVar<String> variable = new ContextVar<>("variable", "default");
        loop.setExceptionHandler((l, report) -> trace.add(variable.get()));
        Task<Void> task = loop.createTask(() -> {
            variable.set("the task's");
        });
        loop.runUntilComplete(task);
        loop.callExceptionHandler(
                ExceptionContext.builder("about a task").task(task).build());
        trace.is("the task's");
    }

    @Test
    void aReportMayBeMadeByAnybody() {
        Future<Integer> future = loop.createFuture();
        RuntimeException error = new RuntimeException();
        loop.setExceptionHandler((l, report) -> reports.add(report));
        loop.callExceptionHandler(ExceptionContext.builder("my own report")
                .exception(error)
                .future(future)
                .extra("key", 7)
                .build());
        ExceptionContext report = reports.get(0);
        assertEquals("my own report", report.message());
        assertSame(error, report.exception());
        assertSame(future, report.future());
        assertEquals(7, assertInstanceOf(Integer.class, report.extras().get("key")));
    }
}
