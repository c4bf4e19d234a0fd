package dev.asyncio.contextvars;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.Carrier;
import dev.asyncio.Coroutine;
import dev.asyncio.EventLoop;
import dev.asyncio.RunnerOptions;
import dev.asyncio.Task;
import dev.asyncio.TaskOptions;
import dev.asyncio.coroutines.Suspending;
import dev.asyncio.support.Jdk;
import dev.asyncio.support.Oops;
import dev.asyncio.support.Runs;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Scoped values, which JDK 25 has for good, in the bodies of a run. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Jdk#carriers")
class ScopedValuesOnEveryCarrierTest {
    private final Carrier carrier;
    private Scoped value;

    ScopedValuesOnEveryCarrierTest(Carrier carrier) {
        this.carrier = carrier;
    }

    @BeforeEach
    void needsScopedValues() {
        Jdk.assumeAtLeast(25, "scoped values");
        value = new Scoped();
    }

    /** {@code ScopedValue<String>}, by reflection: these tests are compiled for older JDKs, too. */
    private static final class Scoped {
        private final Class<?> type = type("java.lang.ScopedValue");
        private final Object value = call(method(type, "newInstance"), null);

        /** {@code ScopedValue.where(this, bound)::run}. */
        Executor where(String bound) {
            Object bindings = call(method(type, "where", type, Object.class), null, value, bound);
            Method run = method(type("java.lang.ScopedValue$Carrier"), "run", Runnable.class);
            return code -> call(run, bindings, code);
        }

        String get() {
            return (String) call(method(type, "orElse", Object.class), value, "unbound");
        }

        private static Class<?> type(String name) {
            try {
                return Class.forName(name);
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }

        private static Method method(Class<?> type, String name, Class<?>... parameters) {
            try {
                return type.getMethod(name, parameters);
            } catch (NoSuchMethodException e) {
                throw new AssertionError(e);
            }
        }

        private static Object call(Method method, Object target, Object... arguments) {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof RuntimeException) {
                    throw (RuntimeException) e.getCause();
                }
                throw new AssertionError(e.getCause());
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
    }

    private RunnerOptions options() {
        return Runs.onVirtualTime(carrier);
    }

    /** What every kind of code in a run sees of the value. */
    private List<String> seen() {
        List<String> seen = new ArrayList<>();
        Coroutine<String> suspending = Suspending.coroutine(c -> ValuesKt.readTwice(value::get, c));
        seen.add("main: " + value.get());
        await(sleep(Duration.ofSeconds(1)));
        seen.add("main, later: " + value.get());
        List<Task<String>> tasks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tasks.add(createTask(() -> {
                String before = value.get();
                await(sleep(Duration.ofSeconds(1)));
                return before + " " + value.get();
            }));
            tasks.add(createTask(suspending));
        }
        Asyncio.getRunningLoop().callSoon(() -> seen.add("callback: " + value.get()));
        for (Task<String> task : tasks) {
            seen.add(await(task));
        }
        seen.add(await(createTask(() -> value.get(), TaskOptions.DEFAULT.withEagerStart(true))));
        seen.add(await(suspending));
        return seen;
    }

    private static List<String> allOf(String bound) {
        String twice = bound + " " + bound;
        return List.of(
                "main: " + bound,
                "main, later: " + bound,
                "callback: " + bound,
                twice,
                twice,
                twice,
                twice,
                twice,
                twice,
                bound,
                twice);
    }

    @Test
    void codeOfARunIsInsideOfItsScope() {
        assertEquals(allOf("ada"), Asyncio.run(this::seen, options().withScope(value.where("ada"))));
        assertEquals("unbound", value.get());
        assertEquals(allOf("unbound"), Asyncio.run(this::seen, options()));
    }

    @Test
    void whatIsThrownComesOutOfTheScopeAsItIs() {
        RunnerOptions options = options().withScope(value.where("ada"));
        Oops error = assertThrows(
                Oops.class,
                () -> Asyncio.run(
                        () -> {
                            throw new Oops("in " + value.get());
                        },
                        options));
        assertEquals("in ada", error.getMessage());
    }

    @Test
    void aScopeThatRunsNothingIsAnError() {
        RunnerOptions options = options().withScope(code -> {});
        assertThrows(IllegalStateException.class, () -> Asyncio.run(this::seen, options));
    }

    @Test
    void whatABodyBindsIsItsOwn() {
        List<String> seen = Asyncio.run(
                () -> {
                    List<String> log = new ArrayList<>();
                    Task<String> other = createTask(() -> {
                        await(sleep(Duration.ofSeconds(1)));
                        return "other: " + value.get();
                    });
                    value.where("inner").execute(() -> {
                        await(sleep(Duration.ofSeconds(2)));
                        log.add("body: " + value.get());
                    });
                    log.add("body, outside: " + value.get());
                    log.add(await(other));
                    return log;
                },
                options().withScope(value.where("ada")));
        assertEquals(List.of("body: inner", "body, outside: ada", "other: ada"), seen);
    }

    @Test
    void whatIsBoundAroundRunIsSeenWhereJavaLangIsOpen() {
        assumeTrue(Jdk.opensJavaLang(), "needs --add-opens java.base/java.lang=ALL-UNNAMED");
        List<String> seen = new ArrayList<>();
        value.where("ada").execute(() -> seen.addAll(Asyncio.run(this::seen, options())));
        assertEquals(allOf("ada"), seen);
        assertEquals("unbound", value.get());
    }

    @Test
    void stacksThatAreUsedAgainSeeWhatIsBoundAroundTheNextRun() {
        assumeTrue(Jdk.opensJavaLang(), "needs --add-opens java.base/java.lang=ALL-UNNAMED");
        try (EventLoop loop = Asyncio.newEventLoop(carrier)) {
            for (String bound : List.of("ada", "grace", "ada")) {
                value.where(bound).execute(() -> {
                    String seen = loop.runUntilComplete(() -> {
                        String first = value.get();
                        await(sleep(Duration.ZERO));
                        return first + " " + value.get();
                    });
                    assertEquals(bound + " " + bound, seen);
                });
            }
            assertEquals("unbound", loop.runUntilComplete(() -> value.get()));
        }
    }
}
