package dev.asyncio;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A {@link VoidCoroutine} as a {@link Coroutine}; shows itself as the original. */
final class VoidCoroutineAdapter implements Coroutine<@Nullable Void> {
    private final VoidCoroutine body;

    private VoidCoroutineAdapter(VoidCoroutine body) {
        this.body = body;
    }

    static Coroutine<@Nullable Void> adapt(VoidCoroutine body) {
        return new VoidCoroutineAdapter(Objects.requireNonNull(body, "coroutine"));
    }

    @Override
    public @Nullable Void run() throws Exception {
        body.run();
        return null;
    }

    @Override
    public String toString() {
        return body.toString();
    }
}
