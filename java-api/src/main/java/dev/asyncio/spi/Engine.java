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
            throw new IllegalStateException(Holder.FAILURE, Holder.CAUSE);
        }
        return provider;
    }

    // Constants, so that the JIT sees through get(). A failure is kept too: a static initializer that throws would give
    // a NoClassDefFoundError, without the reason, from the second call on.
    private static final class Holder {
        static final @Nullable EventLoopProvider PROVIDER;
        static final @Nullable String FAILURE;
        static final @Nullable Throwable CAUSE;

        static {
            EventLoopProvider provider = null;
            String failure = null;
            Throwable cause = null;
            try {
                // In this very form, which R8 rewrites to a direct instantiation.
                Iterator<EventLoopProvider> found = ServiceLoader.load(
                                EventLoopProvider.class, EventLoopProvider.class.getClassLoader())
                        .iterator();
                if (!found.hasNext()) {
                    failure =
                            "No asyncio engine found: add the artifact dev.asyncio:asyncio-kotlin-impl, in the version "
                                    + "of asyncio-java-api, to the class path or module path";
                } else {
                    EventLoopProvider first = found.next();
                    if (found.hasNext()) {
                        EventLoopProvider second = found.next();
                        failure = "More than one asyncio engine found, "
                                + first.getClass().getName() + " and "
                                + second.getClass().getName() + ": leave one on the class path or module path";
                    } else {
                        provider = first;
                    }
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                failure = "The asyncio engine could not be loaded: " + e.getMessage();
                cause = e;
            }
            PROVIDER = provider;
            FAILURE = failure;
            CAUSE = cause;
        }
    }
}
