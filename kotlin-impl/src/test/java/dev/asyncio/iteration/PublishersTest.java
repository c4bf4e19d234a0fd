package dev.asyncio.iteration;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.AsyncIterator;
import dev.asyncio.AsyncIterators;
import dev.asyncio.CancelledError;
import dev.asyncio.Task;
import dev.asyncio.TimeoutException;
import dev.asyncio.support.Oops;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Publishers of the JDK as iterators: back pressure, threads, and publishers that break the rules. */
class PublishersTest {
    private final Trace trace = new Trace();

    /** A publisher that does what the test says, on the thread that calls it. */
    private class Scripted implements Flow.Publisher<Integer>, Flow.Subscription {
        private final Consumer<Scripted> onRequest;
        Flow.Subscriber<? super Integer> subscriber;
        int next;

        Scripted(Consumer<Scripted> onRequest) {
            this.onRequest = onRequest;
        }

        @Override
        public void subscribe(Flow.Subscriber<? super Integer> subscriber) {
            this.subscriber = subscriber;
            trace.add("subscribe");
            subscriber.onSubscribe(this);
        }

        @Override
        public void request(long n) {
            trace.add("request " + n);
            onRequest.accept(this);
        }

        @Override
        public void cancel() {
            trace.add("cancel");
        }

        void send() {
            subscriber.onNext(next++);
        }
    }

    private static Consumer<Scripted> upTo(int end) {
        return publisher -> {
            if (publisher.next < end) {
                publisher.send();
            } else {
                publisher.subscriber.onComplete();
            }
        };
    }

    @Test
    void asksForOneElementWhenOneIsWantedAndForNoOther() {
        Scripted publisher = new Scripted(upTo(2));
        Runs.virtual(() -> {
            AsyncIterator<Integer> iterator = AsyncIterators.fromPublisher(publisher);
            trace.is();
            while (await(iterator.advance())) {
                trace.add(iterator.current());
                await(sleep(Duration.ofSeconds(1)));
            }
            assertFalse(await(iterator.advance()));
            assertThrows(IllegalStateException.class, iterator::current);
        });
        trace.is("subscribe", "request 1", 0, "request 1", 1, "request 1");
    }

    @Test
    void closingCancelsTheSubscription() {
        Scripted publisher = new Scripted(Scripted::send);
        Runs.virtual(() -> {
            AsyncIterator<Integer> iterator = AsyncIterators.fromPublisher(publisher);
            assertEquals(List.of(0, 1, 2), await(iterator.take(3).toList()));
            assertFalse(await(iterator.advance()));
        });
        assertEquals(
                List.of("subscribe", "request 1", "request 1", "request 1", "cancel"),
                trace.events().subList(0, 5));
    }

    @Test
    void closingWakesWhoWaitsForAnElement() {
        Scripted publisher = new Scripted(p -> {});
        Runs.virtual(() -> {
            AsyncIterator<Integer> iterator = AsyncIterators.fromPublisher(publisher);
            Task<Boolean> waiting = createTask(iterator.advance());
            await(sleep(Duration.ofSeconds(1)));
            await(iterator.close());
            assertFalse(await(waitFor(waiting, Duration.ofSeconds(1))));
        });
        trace.is("subscribe", "request 1", "cancel");
    }

    @Test
    void closingWakesWhoWaitsAlsoIfThePublisherThrows() {
        Scripted publisher = new Scripted(p -> {}) {
            @Override
            public void cancel() {
                throw new Oops("in cancel");
            }
        };
        Runs.virtual(() -> {
            AsyncIterator<Integer> iterator = AsyncIterators.fromPublisher(publisher);
            Task<Boolean> waiting = createTask(iterator.advance());
            await(sleep(Duration.ofSeconds(1)));
            assertThrows(Oops.class, () -> await(iterator.close()));
            assertFalse(await(waitFor(waiting, Duration.ofSeconds(1))));
        });
    }

    @Test
    void whatHasEndedIsNotCancelled() {
        Scripted publisher = new Scripted(upTo(1));
        Runs.virtual(() -> {
            AsyncIterator<Integer> iterator = AsyncIterators.fromPublisher(publisher);
            assertEquals(List.of(0), await(iterator.toList())); // which closes it
            await(iterator.close());
        });
        trace.is("subscribe", "request 1", "request 1");
    }

    @Test
    void closingBeforeTheFirstElementDoesNotSubscribe() {
        Scripted publisher = new Scripted(Scripted::send);
        Runs.virtual(() -> {
            AsyncIterator<Integer> iterator = AsyncIterators.fromPublisher(publisher);
            await(iterator.close());
            assertFalse(await(iterator.advance()));
        });
        trace.is();
    }

    @Test
    void aPublisherMayUseOtherThreads() {
        List<Integer> items = new ArrayList<>();
        try (SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>()) {
            Thread feeder = new Thread(() -> {
                while (!publisher.hasSubscribers()) {
                    Thread.onSpinWait();
                }
                for (int i = 0; i < 1000; i++) {
                    publisher.submit(i);
                }
                publisher.close();
            });
            feeder.start();
            Runs.virtual(() -> items.addAll(
                    await(AsyncIterators.<Integer>fromPublisher(publisher).toList())));
        }
        assertEquals(1000, items.size());
        for (int i = 0; i < 1000; i++) {
            assertEquals(i, items.get(i));
        }
    }

    /** Time goes on while one waits for a publisher, since it may be a task of the same loop that feeds it. */
    @Test
    void aPublisherMayBeFedByATaskOfTheSameLoop() {
        Runs.virtual(() -> {
            try (SubmissionPublisher<String> publisher = new SubmissionPublisher<>(Runnable::run, 8)) {
                AsyncIterator<String> iterator = AsyncIterators.fromPublisher(publisher);
                Task<?> feeder = createTask(() -> {
                    for (String word : List.of("one", "two")) {
                        await(sleep(Duration.ofHours(1)));
                        publisher.submit(word);
                    }
                    publisher.close();
                });
                assertEquals(List.of("one", "two"), await(iterator.toList()));
                await(feeder);
            }
        });
    }

    @Test
    void theErrorOfAPublisherIsThrownAndIsTheEnd() {
        Scripted publisher = new Scripted(p -> p.subscriber.onError(new Oops("in the publisher")));
        Runs.virtual(() -> {
            AsyncIterator<Integer> iterator = AsyncIterators.fromPublisher(publisher);
            assertEquals(
                    "in the publisher",
                    assertThrows(Oops.class, () -> await(iterator.advance())).getMessage());
            assertFalse(await(iterator.advance()));
        });
    }

    /** An advance is cancelled while it waits; the element that it has asked for comes later, for the next one. */
    @Test
    void anElementThatComesTooLateIsKept() {
        Scripted publisher = new Scripted(p -> {});
        Runs.virtual(() -> {
            AsyncIterator<Integer> iterator = AsyncIterators.fromPublisher(publisher);
            assertThrows(TimeoutException.class, () -> await(waitFor(iterator.advance(), Duration.ofSeconds(1))));
            publisher.send();
            await(sleep(Duration.ofSeconds(1)));
            assertTrue(await(iterator.advance()));
            assertEquals(0, iterator.current());
            await(iterator.close());
        });
        trace.is("subscribe", "request 1", "cancel");
    }

    /** The element arrives, and before the consumer runs it is cancelled. */
    @Test
    void anElementWhoseConsumerIsCancelledInTheSameStepIsKept() {
        Scripted publisher = new Scripted(p -> {});
        Runs.virtual(() -> {
            AsyncIterator<Integer> iterator = AsyncIterators.fromPublisher(publisher);
            Task<Boolean> consumer = createTask(iterator.advance());
            await(sleep(Duration.ofSeconds(1)));
            publisher.send();
            dev.asyncio.Asyncio.getRunningLoop().callSoon(consumer::cancel);
            assertThrows(CancelledError.class, () -> await(consumer));
            assertTrue(await(iterator.advance()));
            assertEquals(0, iterator.current());
            await(iterator.close());
        });
        trace.is("subscribe", "request 1", "cancel");
    }

    @Test
    void anErrorThatComesWhileNobodyWaitsIsThrownNext() {
        Scripted publisher = new Scripted(Scripted::send);
        Runs.virtual(() -> {
            AsyncIterator<Integer> iterator = AsyncIterators.fromPublisher(publisher);
            assertTrue(await(iterator.advance()));
            Oops error = new Oops("meanwhile");
            publisher.subscriber.onError(error);
            await(sleep(Duration.ofSeconds(1)));
            assertEquals(0, iterator.current());
            assertSame(error, assertThrows(Oops.class, () -> await(iterator.advance())));
            assertFalse(await(iterator.advance()));
        });
    }

    /** Whichever kind it is: it comes from the publisher, and nobody has cancelled the consumer. */
    @Test
    void anErrorThatIsAKindOfCancellationIsThrownAsItIsAndIsTheEnd() {
        for (Throwable error : List.of(new CancellationException("gone"), new CancelledError("gone"))) {
            Scripted failing = new Scripted(p -> p.subscriber.onError(error));
            Scripted failingLater = new Scripted(p -> {
                p.send();
                p.subscriber.onError(error);
            });
            Runs.virtual(() -> {
                AsyncIterator<Integer> iterator = AsyncIterators.fromPublisher(failing);
                assertSame(error, assertThrows(Throwable.class, () -> await(iterator.advance())));
                assertFalse(await(iterator.advance()));
                AsyncIterator<Integer> later = AsyncIterators.fromPublisher(failingLater);
                assertTrue(await(later.advance()));
                assertSame(error, assertThrows(Throwable.class, () -> await(later.advance())));
                assertFalse(await(later.advance()));
            });
        }
    }

    // Publishers that break the rules.

    private void isBroken(String what, Flow.Publisher<Integer> publisher, int good) {
        Runs.virtual(() -> {
            AsyncIterator<Integer> iterator = AsyncIterators.fromPublisher(publisher);
            for (int i = 0; i < good; i++) {
                assertTrue(await(iterator.advance()));
                assertEquals(i, iterator.current());
            }
            await(sleep(Duration.ofSeconds(1)));
            IllegalStateException error = assertThrows(IllegalStateException.class, () -> await(iterator.advance()));
            assertTrue(error.getMessage().contains(what), error::getMessage);
            assertFalse(await(iterator.advance()));
        });
    }

    @Test
    void aPublisherThatSendsMoreThanItWasAskedForIsCancelled() {
        isBroken(
                "sent an element that nobody asked for",
                new Scripted(p -> {
                    p.send();
                    p.send();
                    p.send();
                }),
                1);
        trace.is("subscribe", "request 1", "cancel");
    }

    @Test
    void aPublisherThatSendsBeforeItLetsSubscribeIsRefused() {
        isBroken("sent an element that nobody asked for", subscriber -> subscriber.onNext(1), 0);
    }

    @Test
    void aPublisherThatSendsNullIsRefusedAndToldSo() {
        isBroken(
                "sent null as element",
                new Scripted(p -> assertThrows(NullPointerException.class, () -> p.subscriber.onNext(null))),
                0);
        isBroken(
                "sent null as error",
                new Scripted(p -> assertThrows(NullPointerException.class, () -> p.subscriber.onError(null))),
                0);
        isBroken(
                "sent null as subscription",
                subscriber -> assertThrows(NullPointerException.class, () -> subscriber.onSubscribe(null)),
                0);
    }

    @Test
    void aPublisherThatThrowsIsRefused() {
        isBroken(
                "threw from subscribe()",
                subscriber -> {
                    throw new Oops("no");
                },
                0);
        isBroken(
                "threw from request()",
                new Scripted(p -> {
                    throw new Oops("no");
                }),
                0);
    }

    @Test
    void whatComesAfterTheEndIsIgnored() {
        Scripted publisher = new Scripted(p -> {
            p.send();
            p.subscriber.onComplete();
            p.subscriber.onComplete();
            p.send();
            p.subscriber.onError(new Oops("too late"));
        });
        Runs.virtual(() -> assertEquals(
                List.of(0),
                await(AsyncIterators.<Integer>fromPublisher(publisher).toList())));
    }

    @Test
    void aSecondSubscriptionIsCancelled() {
        List<String> second = new ArrayList<>();
        Scripted publisher = new Scripted(upTo(1));
        Runs.virtual(() -> {
            AsyncIterator<Integer> iterator = AsyncIterators.fromPublisher(publisher);
            assertTrue(await(iterator.advance()));
            publisher.subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {
                    second.add("request");
                }

                @Override
                public void cancel() {
                    second.add("cancel");
                }
            });
            assertFalse(await(iterator.advance()));
        });
        assertEquals(Arrays.asList("cancel"), second);
    }

    @Test
    void oneAdvanceAtATime() {
        Scripted publisher = new Scripted(p -> {});
        Runs.virtual(() -> {
            AsyncIterator<Integer> iterator = AsyncIterators.fromPublisher(publisher);
            Task<Boolean> first = createTask(iterator.advance());
            await(sleep(Duration.ofSeconds(1)));
            assertThrows(IllegalStateException.class, () -> await(iterator.advance()));
            publisher.subscriber.onComplete();
            assertFalse(await(first));
        });
    }
}
