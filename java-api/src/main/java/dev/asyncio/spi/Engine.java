package dev.asyncio.spi;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds the engine, by {@link ServiceLoader}. */
public final class Engine {
    private Engine() {}

    /**
     * The engine of this class path or module path, looked up once.
     *
     * @return the engine
     * @throws IllegalStateException if there is none, more than one, or one that does not load
     */
    public static EventLoopProvider get() {
        EventLoopProvider provider = Holder.PROVIDER;
        if (provider == null) {
            throw Holder.failure();
        }
        return provider;
    }

    static EventLoopProvider theOnlyOne(Iterator<EventLoopProvider> found) {
        try {
            if (!found.hasNext()) {
                throw new IllegalStateException("No asyncio engine found: add the artifact "
                        + "dev.asyncio:asyncio-kotlin-impl, in the version of asyncio-java-api, to the class path or "
                        + "module path");
            }
            EventLoopProvider first = found.next();
            if (found.hasNext()) {
                throw new IllegalStateException("More than one asyncio engine found, "
                        + first.getClass().getName()
                        + " and " + found.next().getClass().getName()
                        + ": leave one on the class path or module path");
            }
            return first;
        } catch (ServiceConfigurationError | LinkageError e) {
            Throwable reason = e.getCause() != null ? e.getCause() : e;
            throw new IllegalStateException("The asyncio engine could not be loaded: " + reason.getMessage(), e);
        }
    }

    // A constant, so that the JIT sees through get(). A failure is kept too: an initializer that throws would give a
    // NoClassDefFoundError, without the reason, from the second call on.
    private static final class Holder {
        static final @Nullable EventLoopProvider PROVIDER;
        private static final @Nullable IllegalStateException FAILURE;

        static {
            EventLoopProvider provider = null;
            IllegalStateException failure = null;
            try {
                // In this very form, which R8 rewrites to a direct instantiation.
                provider =
                        theOnlyOne(ServiceLoader.load(EventLoopProvider.class, EventLoopProvider.class.getClassLoader())
                                .iterator());
            } catch (IllegalStateException e) {
                failure = e;
            }
            PROVIDER = provider;
            FAILURE = failure;
        }

        // A new one each time, with the stack of the one who asks.
        static IllegalStateException failure() {
            return new IllegalStateException(FAILURE.getMessage(), FAILURE.getCause());
        }
    }
}
