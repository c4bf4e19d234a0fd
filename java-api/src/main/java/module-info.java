/**
 * Python asyncio's semantics for Java: the public types and the door to an engine.
 *
 * <p>The engine is a module of its own, found by {@link java.util.ServiceLoader}.
 */
module dev.asyncio {
    requires static transitive org.jspecify;
    requires static org.junit.jupiter.api;

    exports dev.asyncio;
    exports dev.asyncio.files;
    exports dev.asyncio.queues;
    exports dev.asyncio.spi;
    exports dev.asyncio.streams;
    exports dev.asyncio.subprocess;
    exports dev.asyncio.sync;
    exports dev.asyncio.testing;
    exports dev.asyncio.testing.junit;

    uses dev.asyncio.spi.EventLoopProvider;
}
