package dev.asyncio.files;

import dev.asyncio.Asyncio;
import dev.asyncio.CheckReturnValue;
import dev.asyncio.Coroutine;
import dev.asyncio.VoidCoroutine;
import dev.asyncio.spi.Engine;
import dev.asyncio.spi.NotOnAndroid;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What has to be closed, and takes a while for it; what Python uses in {@code async with}.
 *
 * <pre>{@code
 * AsyncFile file = await(AsyncFile.open(path), IOException.class);
 * await(file.enter(() -> {
 *     use(await(file.read()));
 * }));
 * }</pre>
 */
@NotOnAndroid
public interface AsyncCloseable {
    /**
     * Closes it, after all that was begun before. The first call does, later ones wait for the first.
     *
     * <p><b>Cancellation</b> ends the wait and not the closing.
     *
     * @return a cold coroutine that throws an {@link java.io.IOException} if that fails
     */
    @CheckReturnValue
    Coroutine<@Nullable Void> close();

    /**
     * Runs a block and closes this however the block ends; Python's {@code async with}.
     *
     * @param body the block
     * @param <T> the type of its result
     * @return a cold coroutine that gives the block's result. If both the block and the closing fail, it throws what
     *     the block failed with, and the other one is among its suppressed exceptions
     */
    @CheckReturnValue
    default <T extends @Nullable Object> Coroutine<T> enter(Coroutine<T> body) {
        return Engine.get().files().enter(this, Objects.requireNonNull(body, "body"));
    }

    /**
     * As {@link #enter(Coroutine)}, for a block without a result.
     *
     * @param body the block
     * @return a cold coroutine
     */
    @CheckReturnValue
    default Coroutine<@Nullable Void> enter(VoidCoroutine body) {
        return enter(Asyncio.coroutine(body));
    }
}
