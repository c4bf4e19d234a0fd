/** The engine of asyncio for the JVM, and its API for Kotlin coroutines. */
module dev.asyncio.coroutines {
    requires transitive dev.asyncio;
    requires transitive kotlin.stdlib;
    requires transitive kotlinx.coroutines.core;
    requires java.logging;
    // Signals: Ctrl-C and signal handlers.
    requires jdk.unsupported;

    exports dev.asyncio.coroutines;

    provides dev.asyncio.spi.EventLoopProvider with
            dev.asyncio.engine.EngineProvider;
}
