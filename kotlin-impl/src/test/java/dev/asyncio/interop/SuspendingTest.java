package dev.asyncio.interop;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.Coroutine;
import dev.asyncio.Task;
import dev.asyncio.coroutines.Suspending;
import dev.asyncio.support.Runs;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Java code that calls suspend functions, and suspend functions that call Java code. */
class SuspendingTest {
    private static Coroutine<String> load(String name) {
        return Suspending.coroutine(c -> ServiceKt.load(name, c));
    }

    @Test
    void aSuspendFunctionIsAwaited() {
        String page = Runs.virtual(() -> await(load("news")));
        assertEquals("<news>", page);
    }

    @Test
    void oneThatDoesNotSuspendIsToo() {
        Coroutine<String> atOnce = Suspending.coroutine(c -> ServiceKt.loadAtOnce("news", c));
        assertEquals("<news>", Runs.virtual(() -> await(atOnce)));
    }

    @Test
    void twoRunAtOnceAndEachAwaitRunsAfresh() {
        Runs.virtual(() -> {
            Coroutine<String> news = load("news");
            assertEquals(List.of("<news>", "<news>"), await(Asyncio.gather(news, news)));
            assertEquals(20, Asyncio.getRunningLoop().time().toMillis());
            assertEquals("<news>", await(news));
            assertEquals(40, Asyncio.getRunningLoop().time().toMillis());
        });
    }

    @Test
    void checkedExceptionsComeThroughUnwrapped() {
        Runs.virtual(() -> {
            FileNotFoundException e = assertThrows(FileNotFoundException.class, () -> await(load("missing")));
            assertEquals("missing", e.getMessage());
        });
    }

    @Test
    void aCancellationReachesKotlinAndComesBack() {
        Runs.virtual(() -> {
            Task<String> task = createTask(() -> await(load("news")));
            await(Asyncio.sleep(Duration.ofMillis(5)));
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
            assertTrue(task.cancelled());
        });
    }

    @Test
    void kotlinAwaitsJavaThatAwaitsKotlin() {
        Runs.virtual(() -> {
            Coroutine<String> library = () -> "Java, via " + await(load("news"));
            Coroutine<String> viaKotlin = Suspending.coroutine(c -> ServiceKt.viaJava(library, c));
            assertEquals("via Kotlin Java, via <news>", await(viaKotlin));
        });
    }
}
