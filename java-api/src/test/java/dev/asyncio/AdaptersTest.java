package dev.asyncio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class AdaptersTest {
    @Test
    void coroutineOfALambdaIsThatLambda() {
        Coroutine<Integer> lambda = () -> 7;

        assertSame(lambda, Asyncio.coroutine(lambda));
        assertThrows(NullPointerException.class, () -> Asyncio.coroutine((Coroutine<Integer>) null));
    }

    @Test
    void voidCoroutineGivesNullEachTimeItRuns() throws Exception {
        List<String> log = new ArrayList<>();
        Coroutine<?> coroutine = Asyncio.coroutine(() -> {
            log.add("run");
        });

        assertEquals(List.of(), log);
        assertNull(coroutine.run());
        assertNull(coroutine.run());
        assertEquals(List.of("run", "run"), log);
    }

    @Test
    void adaptersPassExceptionsOnAsTheyAre() {
        IOException exception = new IOException();
        VoidCoroutine body = () -> {
            throw exception;
        };
        VoidCallable work = () -> {
            throw exception;
        };

        assertSame(
                exception,
                assertThrows(
                        IOException.class,
                        () -> VoidCoroutineAdapter.adapt(body).run()));
        assertSame(
                exception,
                assertThrows(
                        IOException.class, () -> VoidCallableAdapter.adapt(work).call()));
    }

    @Test
    void adaptersShowTheOriginal() {
        VoidCoroutine body = new VoidCoroutine() {
            @Override
            public void run() {}

            @Override
            public String toString() {
                return "brewTea";
            }
        };
        VoidCallable work = new VoidCallable() {
            @Override
            public void call() {}

            @Override
            public String toString() {
                return "boilWater";
            }
        };
        Callable<?> callable = VoidCallableAdapter.adapt(work);

        assertEquals("brewTea", VoidCoroutineAdapter.adapt(body).toString());
        assertEquals("boilWater", callable.toString());
    }

    @Test
    void adaptersRefuseNull() {
        assertThrows(NullPointerException.class, () -> VoidCoroutineAdapter.adapt(null));
        assertThrows(NullPointerException.class, () -> VoidCallableAdapter.adapt(null));
    }
}
