package dev.asyncio;

import dev.asyncio.spi.ThreadLocalAccess;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries thread-locals into tasks, for libraries that look for their context there: logging, tracing, security.
 *
 * <p>Tasks share threads and change them at every {@code await}, so a plain {@link ThreadLocal} is nobody's own there.
 * One that is made a context variable has, in every step of a task, in every callback and in every coroutine that a
 * task launches, the value that the variable has in that code's {@link Context}; afterwards the thread gets its own
 * value back. Code in whose context the variable was never set sees the thread's own value.
 *
 * <p>Set the variable, not the thread-local: what is set there directly lasts until the code next suspends. A program
 * that makes no such variable pays nothing for this.
 */
public final class ThreadLocals {
    private ThreadLocals() {}

    /**
     * A context variable whose value a thread-local has, too, wherever the context goes; what kotlinx calls
     * {@code asContextElement}. Make one for each thread-local, as a constant.
     *
     * @param <T> the type of the value
     * @param name the variable's name, for reading only
     * @param local the thread-local
     * @return the variable; it has no value until it is set
     */
    public static <T extends @Nullable Object> ContextVar<T> asContextVar(String name, ThreadLocal<T> local) {
        Objects.requireNonNull(local, "local");
        return asContextVar(name, local::get, local::set);
    }

    /**
     * As {@link #asContextVar(String, ThreadLocal)}, for what keeps its thread-local to itself. For the diagnostic
     * context of SLF4J 2: {@code asContextVar("mdc", MDC::getCopyOfContextMap, MDC::setContextMap)}. That of SLF4J 1 has to be
     * cleared where it would be set to null.
     *
     * <p>Both functions are called round every step of code that has a value, and should be quick; what they throw is
     * logged and else ignored.
     *
     * @param <T> the type of the value
     * @param name the variable's name, for reading only
     * @param get gives the value on the calling thread
     * @param set sets it on the calling thread
     * @return the variable; it has no value until it is set
     */
    public static <T extends @Nullable Object> ContextVar<T> asContextVar(
            String name, Supplier<? extends T> get, Consumer<? super T> set) {
        Objects.requireNonNull(get, "get");
        Objects.requireNonNull(set, "set");
        return ContextVar.carrying(name, new Access<T>(get, set));
    }

    private static final class Access<T extends @Nullable Object> implements ThreadLocalAccess<T> {
        private final Supplier<? extends T> getter;
        private final Consumer<? super T> setter;

        Access(Supplier<? extends T> getter, Consumer<? super T> setter) {
            this.getter = getter;
            this.setter = setter;
        }

        @Override
        public T get() {
            return getter.get();
        }

        @Override
        public void set(T value) {
            setter.accept(value);
        }
    }
}
