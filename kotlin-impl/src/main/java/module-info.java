/** The engine of asyncio for the JVM, and its API for Kotlin coroutines. */
@SuppressWarnings("requires-automatic") // these two have a name in their manifests
module dev.asyncio.coroutines {
    requires transitive dev.asyncio;
    requires transitive kotlin.stdlib;
    requires transitive kotlinx.coroutines.core;
    requires java.logging;
    // Signals: Ctrl-C and signal handlers.
    requires jdk.unsupported;
    // Only for those who have them: publishers of Reactor and the like, Vert.x, and tests that look for blocking calls.
    requires static org.reactivestreams;
    requires static io.vertx.core;
    requires static reactor.blockhound;

    exports dev.asyncio.coroutines;
    exports dev.asyncio.coroutines.reactive;
    exports dev.asyncio.vertx;

    provides dev.asyncio.spi.EventLoopProvider with
            dev.asyncio.engine.EngineProvider;
}
