package dev.asyncio.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.asyncio.EventLoop;
import dev.asyncio.ExceptionContext;
import dev.asyncio.TaskOptions;
import dev.asyncio.doubles.Doubles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds for whatever {@link EventLoop} declares, so that a method added there cannot be forgotten here. */
class ForwardingEventLoopTest {
    private final List<Method> methods = new ArrayList<>();
    private final List<Object[]> arguments = new ArrayList<>();
    private Object answer;

    private final EventLoop target = Doubles.answering(EventLoop.class, (proxy, method, given) -> {
        methods.add(method);
        arguments.add(given == null ? new Object[0] : given);
        return answer;
    });

    private final EventLoop loop = new ForwardingEventLoop() {
        @Override
        EventLoop delegate() {
            return target;
        }
    };

    static Stream<Method> abstractMethods() {
        return Arrays.stream(EventLoop.class.getMethods()).filter(m -> Modifier.isAbstract(m.getModifiers()));
    }

    static Stream<Method> defaultMethods() {
        // Those of LoopIo go to the engine, with the loop that they are called on.
        return Arrays.stream(EventLoop.class.getMethods())
                .filter(Method::isDefault)
                .filter(m -> m.getDeclaringClass() == EventLoop.class);
    }

    @ParameterizedTest
    @MethodSource("abstractMethods")
    void abstractMethodHandsArgumentsAndResultOn(Method method) throws Exception {
        Object[] given = argumentsFor(method);
        answer = exampleOf(method.getReturnType());

        Object result = method.invoke(loop, given);

        assertEquals(List.of(method), methods);
        assertArrayEquals(given, arguments.get(0));
        if (method.getReturnType().isPrimitive()) {
            assertEquals(answer, result);
        } else {
            assertSame(answer, result);
        }
    }

    @ParameterizedTest
    @MethodSource("defaultMethods")
    void defaultMethodEndsInAnAbstractOneOfTheSameName(Method method) throws Exception {
        answer = exampleOf(method.getReturnType());

        method.invoke(loop, argumentsFor(method));

        assertEquals(1, methods.size());
        assertEquals(method.getName(), methods.get(0).getName());
        assertEquals(true, Modifier.isAbstract(methods.get(0).getModifiers()));
    }

    @Test
    void toStringIsThatOfTheTarget() {
        assertEquals(target.toString(), loop.toString());
    }

    private static Object[] argumentsFor(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(ForwardingEventLoopTest::exampleOf)
                .toArray();
    }

    private static Object exampleOf(Class<?> type) {
        if (type == void.class) {
            return null;
        } else if (type == boolean.class) {
            return true;
        } else if (type == String.class) {
            return "TERM";
        } else if (type == Class.class) {
            return Exception.class;
        } else if (type == Duration.class) {
            return Duration.ofMillis(7);
        } else if (type == TaskOptions.class) {
            return TaskOptions.DEFAULT.withName("n");
        } else if (type == ExceptionContext.class) {
            return ExceptionContext.builder("oops").build();
        } else if (type == Object.class) {
            return new Object();
        }
        return Doubles.unused(type);
    }
}
