package dev.asyncio.reactive;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.AsyncIterator;
import dev.asyncio.AsyncIterators;
import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.NoRunningLoopException;
import dev.asyncio.Task;
import dev.asyncio.coroutines.reactive.Publishers;
import dev.asyncio.support.Oops;
import dev.asyncio.support.Runs;
import io.reactivex.rxjava3.core.Flowable;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Publishers of Reactor and RxJava, awaited and iterated. */
class ReactivePublishersTest {
    /** What happened, in order; publishers may use other threads. */
    private final List<String> log = new CopyOnWriteArrayList<>();

    private <T> Flux<T> observed(Flux<T> flux) {
        return flux.doOnRequest(n -> log.add("request " + n))
                .doOnCancel(() -> log.add("cancel"))
                .doOnComplete(() -> log.add("complete"));
    }

    private void consume(int element) {
        log.add("element " + element);
        await(sleep(Duration.ofSeconds(1)));
    }

    @Test
    void aFluxIsAskedForOneElementAtATime() {
        Runs.virtual(() -> {
            await(Publishers.iterate(observed(Flux.range(1, 3))).forEach(this::consume));
        });
        // The last element and the end come with one request.
        assertEquals(
                List.of("request 1", "element 1", "request 1", "element 2", "request 1", "complete", "element 3"), log);
    }

    @Test
    void aFluxOfAnotherThreadIsIteratedOnTheLoop() {
        List<Boolean> onLoop =
                Runs.virtual(() -> await(Publishers.iterate(Flux.range(1, 100).publishOn(Schedulers.parallel()))
                        .map(i -> Asyncio.currentTask() != null)
                        .toList()));
        assertEquals(100, onLoop.size());
        assertTrue(onLoop.stream().allMatch(it -> it));
    }

    @Test
    void aFlowableIsIteratedToo() {
        List<String> elements = Runs.virtual(() ->
                await(Publishers.iterate(Flowable.just("a", "b", "c")).take(2).toList()));
        assertEquals(List.of("a", "b"), elements);
    }

    @Test
    void theAdaptersOfReactiveStreamsThemselvesDo() {
        List<Integer> elements =
                Runs.virtual(() -> await(AsyncIterators.fromPublisher(FlowAdapters.toFlowPublisher(Flux.range(1, 3)))
                        .toList()));
        assertEquals(List.of(1, 2, 3), elements);
    }

    @Test
    void leavingTheIterationCancels() {
        Runs.virtual(() -> {
            await(Publishers.iterate(observed(Flux.range(1, 3))).take(1).forEach(this::consume));
        });
        assertEquals(List.of("request 1", "element 1", "cancel"), log);
    }

    @Test
    void aMonoIsAwaited() {
        assertEquals("mono", Runs.virtual(() -> await(Publishers.single(Mono.just("mono")))));
        assertEquals("mono", Runs.virtual(() -> await(Publishers.first(Mono.just("mono")))));
        assertEquals("mono", Runs.virtual(() -> await(Publishers.firstOrNull(Mono.just("mono")))));
    }

    @Test
    void aMonoOfAnotherThreadIsAwaited() {
        Mono<String> mono = Mono.fromCallable(() -> "elsewhere").subscribeOn(Schedulers.boundedElastic());
        assertEquals("elsewhere", Runs.virtual(() -> await(Publishers.single(mono))));
    }

    @Test
    void anEmptyMonoIsNoElement() {
        Runs.virtual(() -> {
            assertNull(await(Publishers.firstOrNull(Mono.<String>empty())));
            assertThrows(NoSuchElementException.class, () -> await(Publishers.first(Mono.<String>empty())));
            assertThrows(NoSuchElementException.class, () -> await(Publishers.single(Mono.<String>empty())));
        });
    }

    @Test
    void theFirstElementIsEnough() {
        assertEquals(1, Runs.virtual(() -> await(Publishers.first(observed(Flux.range(1, 3))))));
        assertEquals(List.of("request 1", "cancel"), log);
    }

    @Test
    void aSecondElementIsOneTooMany() {
        Runs.virtual(() -> {
            Throwable error = assertThrows(
                    IllegalArgumentException.class, () -> await(Publishers.single(observed(Flux.range(1, 3)))));
            assertTrue(error.getMessage().startsWith("more than one element came from "), error::getMessage);
        });
        assertEquals(List.of("request 2", "cancel"), log);
    }

    @Test
    void whatThePublisherFailsWithIsThrown() {
        Runs.virtual(() -> {
            assertThrows(Oops.class, () -> await(Publishers.single(Mono.error(new Oops("mono")))));
            assertThrows(
                    Oops.class,
                    () -> await(Publishers.iterate(Flowable.error(new Oops("flowable")))
                            .toList()));
        });
    }

    @Test
    void cancellingTheTaskCancelsTheSubscription() {
        Runs.virtual(() -> {
            Task<Object> task = createTask(() -> await(Publishers.single(observed(Flux.never()))));
            await(sleep(Duration.ofSeconds(1)));
            task.cancel();
            assertThrows(CancelledError.class, () -> await(task));
        });
        assertEquals(List.of("request 2", "cancel"), log);
    }

    @Test
    void eachAwaitSubscribesAfresh() {
        Runs.virtual(() -> {
            var first = Publishers.first(observed(Flux.just(7)));
            assertEquals(7, await(first));
            assertEquals(7, await(first));
        });
        assertEquals(List.of("request 1", "complete", "request 1", "complete"), log);
    }

    @Test
    void anIteratorIsAPublisherForReactor() {
        List<Integer> elements = Runs.virtual(() -> {
            AsyncIterator<Integer> counter = AsyncIterators.generate(emitter -> {
                for (int i = 1; i <= 5; i++) {
                    log.add("emit " + i);
                    emitter.emit(i);
                }
            });
            Flux<Integer> flux = Flux.from(Publishers.fromIterator(counter)).limitRate(1);
            return await(flux.map(i -> i * i).take(3).collectList().toFuture());
        });
        assertEquals(List.of(1, 4, 9), elements);
        assertEquals(List.of("emit 1", "emit 2", "emit 3"), log);
    }

    // Bad use.

    @Test
    void aPublisherThatSendsWhatNobodyAskedForIsAnError() {
        Runs.virtual(() -> {
            Throwable error = assertThrows(
                    IllegalStateException.class,
                    () -> await(Publishers.iterate(sending(1, 2, 3)).forEach(this::consume)));
            assertTrue(error.getMessage().contains("sent an element that nobody asked for"), error::getMessage);
        });
        assertEquals(List.of("cancel", "element 1"), log);
    }

    @Test
    void aPublisherThatSendsNullIsAnError() {
        Runs.virtual(() -> {
            Throwable error =
                    assertThrows(IllegalStateException.class, () -> await(Publishers.single(sending((Integer) null))));
            assertTrue(error.getMessage().contains("sent null as element"), error::getMessage);
        });
    }

    @Test
    void withoutALoopThereIsNoPublisher() {
        AsyncIterator<Integer> iterator = Publishers.iterate(Flux.just(1));
        assertThrows(NoRunningLoopException.class, () -> Publishers.fromIterator(iterator));
    }

    /** Sends all of these at once, whatever it is asked for. */
    private Publisher<Integer> sending(Integer... elements) {
        return subscriber -> subscriber.onSubscribe(new Subscription() {
            @Override
            public void request(long n) {
                sendAll(subscriber);
            }

            @Override
            public void cancel() {
                log.add("cancel");
            }

            private void sendAll(Subscriber<? super Integer> to) {
                for (Integer element : elements) {
                    try {
                        to.onNext(element);
                    } catch (NullPointerException e) {
                        return; // as the rules say
                    }
                }
            }
        });
    }
}
