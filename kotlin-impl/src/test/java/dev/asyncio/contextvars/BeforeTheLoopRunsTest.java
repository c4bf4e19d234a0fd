package dev.asyncio.contextvars;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.asyncio.Context;
import dev.asyncio.ContextVar;
import dev.asyncio.Future;
import dev.asyncio.Task;
import dev.asyncio.support.Trace;
import dev.asyncio.testing.VirtualTimeLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is made on a loop that does not run has the variables of the code that makes it, whatever loop or thread that is on. */
class BeforeTheLoopRunsTest {
    private final VirtualTimeLoop loop = new VirtualTimeLoop();
    private final ContextVar<String> variable = new ContextVar<>("variable", "default");
    private final Context entered = Context.copyContext();
    private final Trace trace = new Trace();

    BeforeTheLoopRunsTest() {
        entered.run(() -> {
            variable.set("entered");
        });
    }

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void aTaskSeesTheContextThatItsCreatorHasEntered() {
        Task<String> task = entered.run(() -> loop.createTask(() -> variable.get()));
        assertEquals("entered", loop.runUntilComplete(task));
    }

    @Test
    void theCoroutineOfARunSeesTheContextThatTheRunIsCalledIn() {
        assertEquals("entered", entered.run(() -> loop.runUntilComplete(() -> variable.get())));
    }

    @Test
    void theCoroutineOfARunSeesTheVariablesOfTheThreadThatRunsIt() throws InterruptedException {
        Thread other = new Thread(() -> {
            variable.set("the other thread's");
            trace.add(loop.runUntilComplete(() -> variable.get()));
        });
        other.start();
        other.join();
        trace.is("the other thread's");
        assertEquals("default", loop.runUntilComplete(() -> variable.get()));
    }

    @Test
    void aDoneCallbackSeesTheContextThatItWasAddedIn() {
        Future<Integer> future = loop.createFuture();
        entered.run(() -> future.addDoneCallback(done -> trace.add(variable.get())));
        future.setResult(1);
        loop.runUntilIdle();
        trace.is("entered");
    }

    @Test
    void aTaskSeesTheVariablesOfTheTaskThatMadeItOnAnotherLoop() {
        Task<Task<String>> maker;
        try (VirtualTimeLoop running = new VirtualTimeLoop()) {
            maker = running.createTask(() -> {
                variable.set("the maker's");
                return loop.createTask(() -> variable.get());
            });
            running.runUntilIdle();
        }
        assertEquals("the maker's", loop.runUntilComplete(maker.result()));
    }
}
