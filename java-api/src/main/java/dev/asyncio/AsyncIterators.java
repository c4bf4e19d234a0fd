package dev.asyncio;

import dev.asyncio.spi.Engine;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes {@link AsyncIterator}s, and something else of them. */
public final class AsyncIterators {
    private AsyncIterators() {}

    /**
     * The elements that a body emits; Python's asynchronous generator.
     *
     * <pre>{@code
     * AsyncIterator<Integer> ticks = AsyncIterators.generate(emitter -> {
     *     for (int i = 0; i < to; i++) {
     *         emitter.emit(i);
     *         await(sleep(delay));
     *     }
     * });
     * }</pre>
     *
     * <p>The body starts with the first {@code advance} and runs whenever one is awaited: inside of the consumer's
     * task, with its context variables and its cancellation, and without a switch to another task unless it awaits
     * something. Between two elements it stands still. When the consumer closes the iterator, the body's
     * {@code finally} blocks run; {@link Asyncio#run} does so at its end for generators that nobody closed, and
     * {@link EventLoop#shutdownAsyncgens()} elsewhere.
     *
     * @param body emits the elements; it may await
     * @param <T> the type of the elements
     * @return an iterator for one pass. Its {@code advance} throws what the body fails with, and {@link
     *     IllegalStateException} while another one is in progress
     */
    @CheckReturnValue
    public static <T extends @Nullable Object> AsyncIterator<T> generate(GeneratorBody<T> body) {
        return Engine.get().iteration().generate(Objects.requireNonNull(body, "body"));
    }

    /**
     * The elements of a result that comes page by page, as of a database or of a service that gives out cursors.
     *
     * <pre>{@code
     * AsyncIterator<Row> rows = AsyncIterators.pages(
     *         () -> await(session.executeAsync(query)),
     *         page -> page.currentPage(),
     *         page -> page.hasMorePages() ? await(page.fetchNextPage()) : null);
     * }</pre>
     *
     * <p>A page is fetched when all elements of the one before have been taken, inside of the consumer's task and with
     * its cancellation; pages may be empty. An {@code advance} that failed or was cancelled has not moved: the next one
     * fetches the same page again. Closing the iterator drops what is left of the page.
     *
     * @param first fetches the first page; null: there is none
     * @param elements the elements of a page
     * @param next fetches the page after a page; null: there is none. It may await
     * @param <P> the type of the pages
     * @param <T> the type of the elements
     * @return an iterator for one pass. Its {@code advance} throws what these functions fail with, and {@link
     *     IllegalStateException} while another one is in progress
     */
    @CheckReturnValue
    public static <P, T extends @Nullable Object> AsyncIterator<T> pages(
            Coroutine<? extends @Nullable P> first,
            Function<? super P, ? extends Iterable<? extends T>> elements,
            AsyncFunction<? super P, ? extends @Nullable P> next) {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(elements, "elements");
        Objects.requireNonNull(next, "next");
        return new Pages<>(first, elements, next);
    }

    /**
     * The elements of a publisher, with back pressure: it is asked for one element for each {@code advance}.
     *
     * <p>The first {@code advance} subscribes, closing cancels. The publisher may use any thread. One that breaks the
     * rules of {@link Flow}, for instance by sending what it was not asked for, is cancelled, and {@code advance}
     * throws {@link IllegalStateException}.
     *
     * @param publisher the publisher
     * @param <T> the type of the elements
     * @return an iterator for one pass; its {@code advance} throws what the publisher fails with
     */
    @CheckReturnValue
    public static <T> AsyncIterator<T> fromPublisher(Flow.Publisher<? extends T> publisher) {
        return Engine.get().iteration().fromPublisher(Objects.requireNonNull(publisher, "publisher"));
    }

    /**
     * An iterator as a publisher, with back pressure: the iterator is advanced once for each element that the
     * subscriber has asked for, in a task of the loop that runs now.
     *
     * <p>It takes one subscriber, on any thread, and refuses others by {@code onError} with an {@link
     * IllegalStateException}. The subscriber is called on the loop's thread and must not block. When it cancels, and at
     * the end, the iterator is closed; when the loop ends before, it gets an error.
     *
     * @param iterator the iterator; null elements end it with a {@link NullPointerException}, as {@link Flow} demands
     * @param <T> the type of the elements
     * @return a publisher; its methods and those of its subscription may be called on any thread
     * @throws NoRunningLoopException if the calling thread runs no loop
     */
    @CheckReturnValue
    public static <T> Flow.Publisher<T> toPublisher(AsyncIterator<? extends T> iterator) {
        return Engine.get().iteration().toPublisher(Objects.requireNonNull(iterator, "iterator"));
    }
}
