package dev.asyncio.iteration;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.AsyncIterator;
import dev.asyncio.AsyncIterators;
import dev.asyncio.Asyncio;
import dev.asyncio.Coroutine;
import dev.asyncio.Future;
import dev.asyncio.NoRunningLoopException;
import dev.asyncio.queues.Queue;
import dev.asyncio.support.AsyncioLog;
import dev.asyncio.support.Oops;
import dev.asyncio.support.Runs;
import dev.asyncio.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** Iterators as publishers of the JDK: back pressure, threads, and subscribers that break the rules. */
class SubscribersTest {
    /** Notes what it is told; asks for what the test says. */
    private static class Recorder implements Flow.Subscriber<Integer> {
        final List<String> events = Collections.synchronizedList(new ArrayList<>());
        final long first;
        volatile Flow.Subscription subscription;

        Recorder(long first) {
            this.first = first;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            events.add("subscribed");
            if (first != 0) {
                subscription.request(first);
            }
        }

        @Override
        public void onNext(Integer item) {
            events.add("next " + item);
        }

        @Override
        public void onError(Throwable error) {
            events.add(error.getClass().getSimpleName() + (error.getMessage() == null ? "" : " " + error.getMessage()));
        }

        @Override
        public void onComplete() {
            events.add("complete");
        }
    }

    private final List<String> source = new ArrayList<>();

    private AsyncIterator<Integer> counter(int to) {
        return AsyncIterators.generate(emitter -> {
            try {
                for (int i = 0; i < to; i++) {
                    await(sleep(Duration.ofSeconds(1)));
                    source.add("emit " + i);
                    emitter.emit(i);
                }
            } finally {
                await(sleep(Duration.ofSeconds(1)));
                source.add("closed");
            }
        });
    }

    private static void pause() {
        await(sleep(Duration.ofSeconds(10)));
    }

    @Test
    void theIteratorIsAdvancedOnceForEachElementThatWasAskedFor() {
        Recorder subscriber = new Recorder(2);
        Runs.virtual(() -> {
            AsyncIterators.<Integer>toPublisher(counter(5)).subscribe(subscriber);
            pause();
            assertEquals(List.of("subscribed", "next 0", "next 1"), subscriber.events);
            assertEquals(List.of("emit 0", "emit 1"), source);
            subscriber.subscription.request(1);
            pause();
            assertEquals(List.of("emit 0", "emit 1", "emit 2"), source);
            subscriber.subscription.request(Long.MAX_VALUE);
            subscriber.subscription.request(Long.MAX_VALUE);
            pause();
        });
        assertEquals(
                List.of("subscribed", "next 0", "next 1", "next 2", "next 3", "next 4", "complete"), subscriber.events);
        assertEquals("closed", source.get(source.size() - 1));
    }

    @Test
    void aSubscriberThatAsksForNothingGetsNothing() {
        Recorder subscriber = new Recorder(0);
        Runs.virtual(() -> {
            AsyncIterators.<Integer>toPublisher(counter(5)).subscribe(subscriber);
            pause();
            assertEquals(List.of("subscribed"), subscriber.events);
            assertEquals(List.of(), source);
            subscriber.subscription.cancel();
            pause();
        });
        assertEquals(List.of("subscribed"), subscriber.events);
    }

    @Test
    void cancellingClosesTheIteratorAndIsTheLastWord() {
        Recorder subscriber = new Recorder(1);
        Runs.virtual(() -> {
            AsyncIterators.<Integer>toPublisher(counter(5)).subscribe(subscriber);
            pause();
            subscriber.subscription.cancel();
            subscriber.subscription.cancel();
            subscriber.subscription.request(3);
            pause();
        });
        assertEquals(List.of("subscribed", "next 0"), subscriber.events);
        assertEquals(List.of("emit 0", "closed"), source);
    }

    @Test
    void cancellingWhileTheIteratorWaitsStopsIt() {
        Recorder subscriber = new Recorder(1);
        Runs.virtual(() -> {
            Queue<Integer> queue = new Queue<>();
            AsyncIterators.<Integer>toPublisher(queue.items()).subscribe(subscriber);
            pause();
            subscriber.subscription.cancel();
            pause();
            assertEquals("<Queue size=0>", queue.toString());
        });
        assertEquals(List.of("subscribed"), subscriber.events);
    }

    @Test
    void aSubscriberMayCancelFromInsideOfItsMethods() {
        Recorder subscriber = new Recorder(5) {
            @Override
            public void onNext(Integer item) {
                super.onNext(item);
                subscription.cancel();
            }
        };
        Runs.virtual(() -> {
            AsyncIterators.<Integer>toPublisher(counter(5)).subscribe(subscriber);
            pause();
        });
        assertEquals(List.of("subscribed", "next 0"), subscriber.events);
        assertEquals(List.of("emit 0", "closed"), source);
    }

    @Test
    void whatTheIteratorThrowsIsTheSubscribersError() {
        Recorder subscriber = new Recorder(5);
        Runs.virtual(() -> {
            AsyncIterator<Integer> iterator = counter(5).map(i -> {
                if (i == 1) {
                    throw new Oops("in the iterator");
                }
                return i;
            });
            AsyncIterators.<Integer>toPublisher(iterator).subscribe(subscriber);
            pause();
        });
        assertEquals(List.of("subscribed", "next 0", "Oops in the iterator"), subscriber.events);
        assertEquals("closed", source.get(source.size() - 1));
    }

    @Test
    void aSubscriberOnAnotherThreadAsksThroughTheLoop() {
        Recorder subscriber = new Recorder(0);
        Runs.virtual(() -> {
            Flow.Publisher<Integer> publisher = AsyncIterators.toPublisher(counter(3));
            await(Asyncio.toThread(() -> publisher.subscribe(subscriber)));
            pause();
            await(Asyncio.toThread(() -> {
                subscriber.subscription.request(2);
                subscriber.subscription.request(2);
            }));
            pause();
            pause();
        });
        assertEquals(List.of("subscribed", "next 0", "next 1", "next 2", "complete"), subscriber.events);
    }

    @Test
    void aLoopThatEndsIsAnError() {
        Recorder subscriber = new Recorder(1);
        Runs.virtual(() -> {
            AsyncIterators.<Integer>toPublisher(counter(5)).subscribe(subscriber);
            pause();
        });
        assertEquals(List.of("subscribed", "next 0", "CancelledError"), subscriber.events);
        assertEquals(List.of("emit 0", "closed"), source);
    }

    @Test
    void aPublisherMadeFromAnIteratorMadeFromAPublisher() {
        Recorder subscriber = new Recorder(Long.MAX_VALUE);
        Runs.virtual(() -> {
            Flow.Publisher<Integer> inner = AsyncIterators.toPublisher(counter(3));
            Flow.Publisher<Integer> outer = AsyncIterators.toPublisher(AsyncIterators.fromPublisher(inner));
            outer.subscribe(subscriber);
            pause();
            pause();
        });
        assertEquals(List.of("subscribed", "next 0", "next 1", "next 2", "complete"), subscriber.events);
    }

    /** An iterator whose advance and close both fail. */
    private static final class Failing implements AsyncIterator<Integer> {
        @Override
        public Coroutine<Boolean> advance() {
            return () -> {
                throw new Oops("in advance");
            };
        }

        @Override
        public Integer current() {
            throw new IllegalStateException();
        }

        @Override
        public Coroutine<Void> close() {
            return () -> {
                throw new Oops("in close");
            };
        }
    }

    @Test
    void whatTheIteratorFailsWithFirstIsTheError() {
        List<Throwable> suppressed = new ArrayList<>();
        Recorder subscriber = new Recorder(1) {
            @Override
            public void onError(Throwable error) {
                super.onError(error);
                suppressed.addAll(List.of(error.getSuppressed()));
            }
        };
        Runs.virtual(() -> {
            AsyncIterators.<Integer>toPublisher(new Failing()).subscribe(subscriber);
            pause();
        });
        assertEquals(List.of("subscribed", "Oops in advance"), subscriber.events);
        assertEquals("in close", suppressed.get(0).getMessage());
    }

    @Test
    void cancellingTwiceLeavesTheCleanUpAlone() {
        Recorder subscriber = new Recorder(1);
        Runs.virtual(() -> {
            AsyncIterators.<Integer>toPublisher(counter(5)).subscribe(subscriber);
            await(sleep(Duration.ZERO));
            await(sleep(Duration.ZERO));
            subscriber.subscription.cancel();
            await(sleep(Duration.ofMillis(500)));
            subscriber.subscription.cancel();
            subscriber.subscription.request(-1);
            pause();
        });
        assertEquals(List.of("subscribed"), subscriber.events);
        assertEquals(List.of("closed"), source);
    }

    /** An iterator of one element whose clean-up fails. */
    private static AsyncIterator<Integer> failingInTheEnd(RuntimeException error) {
        Runnable failing = () -> {
            throw error;
        };
        return AsyncIterators.generate(emitter -> {
            try {
                emitter.emit(1);
            } finally {
                failing.run();
            }
        });
    }

    @Test
    void whatTheCleanUpThrowsAfterACancelIsReported() {
        for (RuntimeException error : List.of(new Oops("no"), new CancellationException("no"))) {
            Recorder subscriber = new Recorder(1);
            Runs.virtual(() -> {
                AsyncIterators.<Integer>toPublisher(failingInTheEnd(error)).subscribe(subscriber);
                pause();
                subscriber.subscription.cancel();
                pause();
            });
            assertEquals(List.of("subscribed", "next 1"), subscriber.events);
            assertSame(error, AsyncioLog.expect("has cancelled").getThrown());
        }
    }

    @Test
    void aLoopThatIsClosedIsAnError() {
        Recorder subscriber = new Recorder(1);
        VirtualTimeLoop loop = new VirtualTimeLoop();
        loop.runUntilComplete(() -> {
            AsyncIterators.<Integer>toPublisher(counter(5)).subscribe(subscriber);
            pause();
        });
        loop.close();
        assertEquals(List.of("subscribed", "next 0", "IllegalStateException Event loop is closed"), subscriber.events);
        AsyncioLog.expect("Task was destroyed but it is pending!");
    }

    @Test
    void whoeverSubscribesWhenTheLoopWillNotRunAgainIsToldSo() {
        Recorder subscriber = new Recorder(1);
        VirtualTimeLoop loop = new VirtualTimeLoop();
        Flow.Publisher<Integer> publisher =
                loop.runUntilComplete(() -> AsyncIterators.<Integer>toPublisher(counter(1)));
        publisher.subscribe(subscriber);
        loop.close();
        assertEquals(List.of("subscribed", "IllegalStateException Event loop is closed"), subscriber.events);
    }

    @Test
    void whoeverSubscribesInTheLastTurnOfARunIsToldThatItEnds() {
        Recorder subscriber = new Recorder(1);
        Runs.virtual(() -> {
            Flow.Publisher<Integer> publisher = AsyncIterators.toPublisher(counter(1));
            Asyncio.currentTask().addDoneCallback(main -> publisher.subscribe(subscriber));
        });
        assertEquals(List.of("subscribed", "CancelledError"), subscriber.events);
    }

    @Test
    void virtualTimeWaitsForASubscriberOnAnotherThread() {
        Runs.virtual(() -> {
            Future<Integer> got = Asyncio.getRunningLoop().createFuture();
            Recorder subscriber = new Recorder(0) {
                @Override
                public void onNext(Integer item) {
                    got.setResult(item);
                }
            };
            Queue<Integer> queue = new Queue<>();
            queue.putNowait(1);
            AsyncIterators.<Integer>toPublisher(queue.items()).subscribe(subscriber);
            Thread loops = Thread.currentThread();
            Thread asks = new Thread(() -> {
                while (subscriber.subscription == null
                        || (loops.getState() != Thread.State.WAITING && loops.isAlive())) {
                    Thread.onSpinWait();
                }
                subscriber.subscription.request(1);
            });
            asks.start();
            assertEquals(1, await(got));
            asks.join();
        });
    }

    // Bad use.

    @Test
    void askingForNoneOrLessIsAnError() {
        for (long n : new long[] {0, -1}) {
            Recorder subscriber = new Recorder(0);
            Runs.virtual(() -> {
                AsyncIterators.<Integer>toPublisher(counter(5)).subscribe(subscriber);
                pause();
                subscriber.subscription.request(n);
                pause();
            });
            assertEquals(2, subscriber.events.size());
            assertTrue(subscriber.events.get(1).startsWith("IllegalArgumentException request(" + n + ")"));
        }
    }

    @Test
    void whatTheCleanUpThrowsGoesWithTheErrorOfAskingForNone() {
        RuntimeException gone = new CancellationException("in the clean-up");
        List<Throwable> errors = new ArrayList<>();
        Recorder subscriber = new Recorder(1) {
            @Override
            public void onError(Throwable error) {
                errors.add(error);
            }
        };
        Runs.virtual(() -> {
            AsyncIterators.<Integer>toPublisher(failingInTheEnd(gone)).subscribe(subscriber);
            pause();
            subscriber.subscription.request(0);
            pause();
        });
        assertInstanceOf(IllegalArgumentException.class, errors.get(0));
        assertSame(gone, errors.get(0).getSuppressed()[0]);
    }

    /** It would be told of as a failure of the iterator otherwise. */
    @Test
    void askingForNoneIsNotReportedOnceTheSubscriberHasCancelled() {
        Recorder subscriber = new Recorder(1) {
            @Override
            public void onNext(Integer item) {
                super.onNext(item);
                subscription.request(-1);
                subscription.cancel();
            }
        };
        Runs.virtual(() -> {
            AsyncIterators.<Integer>toPublisher(counter(5)).subscribe(subscriber);
            pause();
        });
        assertEquals(List.of("subscribed", "next 0"), subscriber.events);
        assertEquals(0, AsyncioLog.size());
    }

    @Test
    void thereIsOneSubscriber() {
        Recorder first = new Recorder(Long.MAX_VALUE);
        Recorder second = new Recorder(Long.MAX_VALUE);
        Runs.virtual(() -> {
            Flow.Publisher<Integer> publisher = AsyncIterators.toPublisher(counter(1));
            publisher.subscribe(first);
            publisher.subscribe(second);
            pause();
        });
        assertEquals(List.of("subscribed", "next 0", "complete"), first.events);
        assertEquals(2, second.events.size());
        assertTrue(second.events.get(1).startsWith("IllegalStateException"), second.events::toString);
    }

    @Test
    void aSubscriberThatThrowsIsToldNothingMoreAndReported() {
        Recorder subscriber = new Recorder(5) {
            @Override
            public void onNext(Integer item) {
                super.onNext(item);
                throw new Oops("in the subscriber");
            }
        };
        Runs.virtual(() -> {
            AsyncIterators.<Integer>toPublisher(counter(5)).subscribe(subscriber);
            pause();
        });
        assertEquals(List.of("subscribed", "next 0"), subscriber.events);
        assertEquals(List.of("emit 0", "closed"), source);
        AsyncioLog.expect("the subscriber");
    }

    @Test
    void anElementThatIsNullIsAnError() {
        Recorder subscriber = new Recorder(5);
        Runs.virtual(() -> {
            Queue<Integer> queue = new Queue<>();
            queue.putNowait(null);
            AsyncIterators.<Integer>toPublisher(queue.items()).subscribe(subscriber);
            pause();
        });
        assertEquals(List.of("subscribed", "NullPointerException a publisher has no null elements"), subscriber.events);
    }

    @Test
    void withoutALoopThereIsNoPublisher() {
        assertThrows(NoRunningLoopException.class, () -> AsyncIterators.toPublisher(counter(1)));
    }

    @Test
    void aPublisherOfALoopThatIsClosedRefuses() {
        List<Flow.Publisher<Integer>> publishers = new ArrayList<>();
        Runs.virtual(() -> {
            publishers.add(AsyncIterators.toPublisher(counter(1)));
        });
        Recorder subscriber = new Recorder(1);
        publishers.get(0).subscribe(subscriber);
        assertEquals(List.of("subscribed", "IllegalStateException Event loop is closed"), subscriber.events);
    }
}
