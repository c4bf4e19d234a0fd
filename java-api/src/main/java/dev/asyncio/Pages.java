package dev.asyncio;

import static dev.asyncio.Asyncio.await;

import java.util.Collections;
import java.util.Iterator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The elements of pages, of which each leads to the next. Straight-line code, for it calls the user's. */
final class Pages<P, T extends @Nullable Object> implements AsyncIterator<T> {
    private final Coroutine<? extends @Nullable P> first;
    private final Function<? super P, ? extends Iterable<? extends T>> elements;
    private final AsyncFunction<? super P, ? extends @Nullable P> next;

    /** The page whose elements are {@link #left}; null before the first. */
    private @Nullable P page;

    private Iterator<? extends T> left = Collections.emptyIterator();
    private boolean fetching;
    private boolean finished;
    private @Nullable T element;
    private boolean found;

    Pages(
            Coroutine<? extends @Nullable P> first,
            Function<? super P, ? extends Iterable<? extends T>> elements,
            AsyncFunction<? super P, ? extends @Nullable P> next) {
        this.first = first;
        this.elements = elements;
        this.next = next;
    }

    @Override
    public Coroutine<Boolean> advance() {
        return this::find;
    }

    private boolean find() throws Exception {
        if (fetching) {
            throw new IllegalStateException(this + " is being advanced already: await one advance() at a time");
        }
        leave();
        while (!finished && !left.hasNext()) {
            turn(fetch());
        }
        if (!finished) {
            element = left.next();
            found = true;
        }
        return found;
    }

    private @Nullable P fetch() throws Exception {
        fetching = true;
        try {
            return page == null ? await(first) : next.apply(page);
        } finally {
            fetching = false;
        }
    }

    private void turn(@Nullable P fetched) {
        if (fetched == null) {
            end();
        } else if (!finished) { // it may have been closed meanwhile
            left = elements.apply(fetched).iterator();
            page = fetched;
        }
    }

    private void end() {
        finished = true;
        page = null;
        left = Collections.emptyIterator();
    }

    private void leave() {
        element = null;
        found = false;
    }

    @Override
    public T current() {
        if (!found) {
            throw new IllegalStateException(
                    "there is no current element: await advance() first, and see that it is true");
        }
        return element;
    }

    @Override
    public Coroutine<@Nullable Void> close() {
        return Asyncio.coroutine(() -> {
            end();
            leave();
        });
    }

    @Override
    public String toString() {
        return "<AsyncIterator of pages" + (finished ? " finished" : "") + ">";
    }
}
