package dev.asyncio.iteration;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.AsyncIterator;
import dev.asyncio.AsyncIterators;
import dev.asyncio.Task;
import dev.asyncio.TimeoutException;
import dev.asyncio.support.Oops;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Trace;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Results that come page by page as iterators. */
class PagesTest {
    private final Trace trace = new Trace();

    /** Pages of numbers, each of which takes a second to come. */
    private final class Source {
        private final List<List<Integer>> pages;

        Source(List<List<Integer>> pages) {
            this.pages = pages;
        }

        @Nullable Integer fetch(int number) {
            trace.add("fetch " + number);
            await(sleep(Duration.ofSeconds(1)));
            return number < pages.size() ? number : null;
        }

        AsyncIterator<Integer> elements() {
            return AsyncIterators.pages(() -> fetch(0), pages::get, number -> fetch(number + 1));
        }
    }

    @Test
    void aPageIsFetchedWhenTheFormerHasBeenTaken() {
        Source source = new Source(List.of(List.of(1, 2), List.of(3)));
        Runs.virtual(() -> {
            AsyncIterator<Integer> elements = source.elements();
            trace.is();
            while (await(elements.advance())) {
                trace.add(elements.current());
            }
            assertFalse(await(elements.advance()));
            assertThrows(IllegalStateException.class, elements::current);
        });
        trace.is("fetch 0", 1, 2, "fetch 1", 3, "fetch 2");
    }

    @Test
    void pagesMayBeEmpty() {
        Source source = new Source(List.of(List.of(), List.of(), List.of(1), List.of()));
        Runs.virtual(() -> assertEquals(List.of(1), await(source.elements().toList())));
    }

    @Test
    void thereMayBeNoPage() {
        Source source = new Source(List.of());
        Runs.virtual(() -> assertEquals(List.of(), await(source.elements().toList())));
        trace.is("fetch 0");
    }

    @Test
    void elementsMayBeNull() {
        Runs.virtual(() -> {
            AsyncIterator<@Nullable String> elements =
                    AsyncIterators.pages(() -> "page", page -> Arrays.asList("a", null), page -> null);
            assertEquals(Arrays.asList("a", null), await(elements.toList()));
        });
    }

    @Test
    void noPageIsFetchedForWhatIsNotTaken() {
        Source source = new Source(List.of(List.of(1, 2), List.of(3)));
        Runs.virtual(() ->
                assertEquals(List.of(1, 2), await(source.elements().take(2).toList())));
        trace.is("fetch 0");
    }

    @Test
    void closingEndsTheIteration() {
        Source source = new Source(List.of(List.of(1, 2), List.of(3)));
        Runs.virtual(() -> {
            AsyncIterator<Integer> elements = source.elements();
            assertTrue(await(elements.advance()));
            await(elements.close());
            assertThrows(IllegalStateException.class, elements::current);
            assertFalse(await(elements.advance()));
        });
        trace.is("fetch 0");
    }

    @Test
    void closingWhileAPageIsFetchedDropsThatPage() {
        Source source = new Source(List.of(List.of(1)));
        Runs.virtual(() -> {
            AsyncIterator<Integer> elements = source.elements();
            Task<Boolean> advancing = createTask(elements.advance());
            await(sleep(Duration.ofMillis(500)));
            await(elements.close());
            assertFalse(await(advancing));
        });
    }

    @Test
    void aCancelledFetchIsRepeated() {
        Source source = new Source(List.of(List.of(1), List.of(2)));
        Runs.virtual(() -> {
            AsyncIterator<Integer> elements = source.elements();
            assertThrows(TimeoutException.class, () -> await(waitFor(elements.advance(), Duration.ofMillis(500))));
            assertTrue(await(elements.advance()));
            assertThrows(TimeoutException.class, () -> await(waitFor(elements.advance(), Duration.ofMillis(500))));
            assertEquals(List.of(2), await(elements.toList()));
        });
        trace.is("fetch 0", "fetch 0", "fetch 1", "fetch 1", "fetch 2");
    }

    @Test
    void aFailedFetchIsThrownAndRepeated() {
        Runs.virtual(() -> {
            int[] calls = new int[1];
            AsyncIterator<Integer> elements = AsyncIterators.pages(
                    () -> {
                        if (++calls[0] == 1) throw new Oops(null);
                        return calls[0];
                    },
                    List::of,
                    page -> null);
            assertThrows(Oops.class, () -> await(elements.advance()));
            assertEquals(List.of(2), await(elements.toList()));
        });
    }

    @Test
    void twoCannotAdvanceAtOnce() {
        Source source = new Source(List.of(List.of(1)));
        Runs.virtual(() -> {
            AsyncIterator<Integer> elements = source.elements();
            Task<Boolean> advancing = createTask(elements.advance());
            await(sleep(Duration.ZERO));
            assertThrows(IllegalStateException.class, () -> await(elements.advance()));
            assertTrue(await(advancing));
            assertEquals(1, elements.current());
        });
    }
}
