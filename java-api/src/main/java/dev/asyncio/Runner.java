package dev.asyncio;

import dev.asyncio.spi.Engine;
import dev.asyncio.spi.RunnerPeer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs several coroutines one after the other on one loop; asyncio's {@code Runner}. */
public final class Runner implements AutoCloseable {
    private final RunnerPeer peer;

    public Runner() {
        this(RunnerOptions.DEFAULT);
    }

    public Runner(RunnerOptions options) {
        this.peer = Engine.get().newRunner(Objects.requireNonNull(options, "options"));
    }

    public <T extends @Nullable Object> T run(Coroutine<T> main) {
        return run(main, (Context) null);
    }

    public void run(VoidCoroutine main) {
        run(main, (Context) null);
    }

    public <T extends @Nullable Object> T run(Coroutine<T> main, @Nullable Context context) {
        return peer.run(Objects.requireNonNull(main, "main"), context);
    }

    public void run(VoidCoroutine main, @Nullable Context context) {
        peer.run(VoidCoroutineAdapter.adapt(main), context);
    }

    public <T extends @Nullable Object, X extends Throwable> T run(Coroutine<T> main, Class<X> declared) throws X {
        Objects.requireNonNull(declared, "declared");
        return run(main);
    }

    public <X extends Throwable> void run(VoidCoroutine main, Class<X> declared) throws X {
        Objects.requireNonNull(declared, "declared");
        run(main);
    }

    public EventLoop getLoop() {
        return peer.getLoop();
    }

    @Override
    public void close() {
        peer.close();
    }
}
