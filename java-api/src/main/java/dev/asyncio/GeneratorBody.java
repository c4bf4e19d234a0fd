package dev.asyncio;

import org.jspecify.annotations.Nullable;

/**
 * The body of a generator; see {@link AsyncIterators#generate}.
 *
 * @param <T> the type of the elements
 */
@FunctionalInterface
public interface GeneratorBody<T extends @Nullable Object> {
    /**
     * Gives elements, and may await in between. The iteration ends when it returns.
     *
     * @param emitter takes the elements
     * @throws Exception whatever it fails with; the consumer's {@code advance} throws it
     */
    void run(Emitter<T> emitter) throws Exception;
}
