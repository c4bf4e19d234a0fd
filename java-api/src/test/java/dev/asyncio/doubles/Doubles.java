package dev.asyncio.doubles;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/** Stand-ins for interfaces that only an engine implements. */
public final class Doubles {
    private Doubles() {}

    /** An object that is only passed round: equal to itself, and every other method fails the test. */
    public static <T> T unused(Class<T> type) {
        return answering(type, (proxy, method, arguments) -> {
            throw new AssertionError(method + " was not expected");
        });
    }

    /** An object whose methods, apart from those of {@link Object}, are the handler's. */
    public static <T> T answering(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() != Object.class) {
                        return handler.invoke(proxy, method, arguments);
                    }
                    switch (method.getName()) {
                        case "equals":
                            return proxy == arguments[0];
                        case "hashCode":
                            return System.identityHashCode(proxy);
                        default:
                            return "<" + type.getSimpleName() + ">";
                    }
                }));
    }
}
