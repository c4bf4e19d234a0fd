package dev.asyncio;

import static dev.asyncio.Asyncio.await;

import org.jspecify.annotations.Nullable;

/**
 * The operators of {@link AsyncIterator} that call the user's code, which may await: straight-line code themselves.
 */
final class AsyncOperators {
    private AsyncOperators() {}

    static <T extends @Nullable Object> Coroutine<@Nullable Void> forEach(
            AsyncIterator<T> source, AsyncConsumer<? super T> action) {
        return Asyncio.coroutine(() -> {
            Throwable failure = null;
            try {
                while (await(source.advance())) {
                    action.accept(source.current());
                }
            } catch (Throwable e) {
                failure = e;
                throw e;
            } finally {
                close(source, failure);
            }
        });
    }

    /**
     * As try-with-resources does: what came first is thrown, and what the clean-up threw is in it. But an {@link Error}
     * outranks an exception: a cancellation must not get lost in the clean-up.
     */
    private static void close(AsyncIterator<?> source, @Nullable Throwable failure) {
        try {
            await(source.close());
        } catch (Throwable e) {
            if (failure == null || e == failure) {
                throw e;
            }
            if (e instanceof Error && !(failure instanceof Error)) {
                e.addSuppressed(failure);
                throw e;
            }
            failure.addSuppressed(e);
        }
    }

    /** What is made from another iterator, and closes that one. */
    private abstract static class Derived<S extends @Nullable Object, T extends @Nullable Object>
            implements AsyncIterator<T> {
        final AsyncIterator<S> source;
        private @Nullable T element;
        private boolean found;

        Derived(AsyncIterator<S> source) {
            this.source = source;
        }

        /** Finds the next element, and {@linkplain #found(Object) says so}. */
        abstract void find() throws Exception;

        final void found(T element) {
            this.element = element;
            this.found = true;
        }

        @Override
        public final Coroutine<Boolean> advance() {
            return () -> {
                element = null;
                found = false;
                find();
                return found;
            };
        }

        @Override
        public final T current() {
            if (!found) {
                throw new IllegalStateException(
                        "there is no current element: await advance() first, and see that it is true");
            }
            return element;
        }

        @Override
        public final Coroutine<@Nullable Void> close() {
            return source.close();
        }
    }

    static final class Mapped<S extends @Nullable Object, T extends @Nullable Object> extends Derived<S, T> {
        private final AsyncFunction<? super S, ? extends T> function;

        Mapped(AsyncIterator<S> source, AsyncFunction<? super S, ? extends T> function) {
            super(source);
            this.function = function;
        }

        @Override
        void find() throws Exception {
            if (await(source.advance())) {
                found(function.apply(source.current()));
            }
        }

        @Override
        public String toString() {
            return source + ".map";
        }
    }

    static final class Filtered<T extends @Nullable Object> extends Derived<T, T> {
        private final AsyncPredicate<? super T> predicate;

        Filtered(AsyncIterator<T> source, AsyncPredicate<? super T> predicate) {
            super(source);
            this.predicate = predicate;
        }

        @Override
        void find() throws Exception {
            while (await(source.advance())) {
                T element = source.current();
                if (predicate.test(element)) {
                    found(element);
                    return;
                }
            }
        }

        @Override
        public String toString() {
            return source + ".filter";
        }
    }
}
