package dev.asyncio.contextvars;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.asyncio.ContextVar;
import dev.asyncio.Task;
import dev.asyncio.ThreadLocals;
import dev.asyncio.Token;
import dev.asyncio.support.AsyncioLog;
import dev.asyncio.support.Oops;
import dev.asyncio.support.Runs;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** What may be carried, and what is wrong with what may not. */
class ThreadLocalsTest {
    /** A logging library's diagnostic context, which keeps its thread-local to itself. */
    private static final class Mdc {
        private static final ThreadLocal<Map<String, String>> MAP = new ThreadLocal<>();

        static Map<String, String> getCopyOfContextMap() {
            return MAP.get() == null ? null : new HashMap<>(MAP.get());
        }

        static void setContextMap(Map<String, String> map) {
            MAP.set(map == null ? null : new HashMap<>(map));
        }

        static String get(String key) {
            return MAP.get() == null ? null : MAP.get().get(key);
        }
    }

    private static final ContextVar<Map<String, String>> MDC =
            ThreadLocals.asContextVar("mdc", Mdc::getCopyOfContextMap, Mdc::setContextMap);

    @Test
    void aDiagnosticContextIsCarriedByItsGetterAndSetter() {
        Runs.virtual(() -> {
            Task<Void> alice = createTask(() -> handle("alice"));
            Task<Void> bob = createTask(() -> handle("bob"));
            await(alice);
            await(bob);
            assertNull(Mdc.get("user"));
        });
    }

    private static void handle(String user) {
        MDC.set(Map.of("user", user));
        assertEquals(user, Mdc.get("user"));
        await(sleep(Duration.ofSeconds(1)));
        assertEquals(user, Mdc.get("user"));
    }

    @Test
    void theVariableHasNoValueBeforeItIsSet() {
        ThreadLocal<String> local = ThreadLocal.withInitial(() -> "the thread's");
        ContextVar<String> variable = ThreadLocals.asContextVar("variable", local);
        assertEquals("variable", variable.name());
        assertThrows(NoSuchElementException.class, variable::get);
        assertEquals("default", variable.get("default"));
    }

    @Test
    void nullIsAValue() {
        ThreadLocal<String> local = ThreadLocal.withInitial(() -> "the thread's");
        ContextVar<String> variable = ThreadLocals.asContextVar("variable", local);
        Runs.virtual(() -> {
            variable.set(null);
            await(sleep(Duration.ZERO));
            assertNull(local.get());
            assertNull(variable.get());
        });
    }

    @Test
    void whatGetterAndSetterThrowIsLogged() {
        ContextVar<String> variable = ThreadLocals.asContextVar("broken", () -> "", value -> {
            throw new Oops("cannot set " + value);
        });
        Token<String> token = variable.set("it");
        assertEquals(
                "cannot set it",
                AsyncioLog.expect("could not be read or set").getThrown().getMessage());
        variable.reset(token);
        assertEquals(
                "cannot set ",
                AsyncioLog.expect("could not be read or set").getThrown().getMessage());
        assertEquals(0, AsyncioLog.size());
    }

    @Test
    void missingArgumentsAreRefused() {
        assertThrows(NullPointerException.class, () -> ThreadLocals.asContextVar("name", null));
        assertThrows(NullPointerException.class, () -> ThreadLocals.asContextVar(null, new ThreadLocal<>()));
        assertThrows(NullPointerException.class, () -> ThreadLocals.asContextVar("name", null, value -> {}));
        assertThrows(NullPointerException.class, () -> ThreadLocals.asContextVar("name", () -> "", null));
    }
}
