package dev.asyncio.samples.docs;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.asyncio.AsyncIterator;
import dev.asyncio.AsyncIterators;
import dev.asyncio.Asyncio;
import dev.asyncio.VoidCoroutine;
import dev.asyncio.coroutines.reactive.Publishers;
import dev.asyncio.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.reactivestreams.FlowAdapters;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The guide's examples of reactive streams, run with Reactor. */
class ReactiveGuideTest {
    private final List<String> log = new ArrayList<>();

    private static void onVirtualTime(VoidCoroutine body) {
        VirtualTime.call(() -> Asyncio.run(body));
    }

    private String fetch(String page) {
        await(sleep(Duration.ofSeconds(1)));
        log.add("fetched " + page);
        return "<" + page + ">";
    }

    @Test
    void publishers() {
        onVirtualTime(() -> {
            Flux<String> pages = Flux.just("news", "weather");
            Mono<String> page = Mono.just("sports");
            // @start region="publishers"
            fetch(await(Publishers.single(page))); // a Mono, a Single…
            await(Publishers.iterate(pages).forEach(next -> fetch(next))); // asks for one page at a time
            // @end
            assertEquals(List.of("fetched sports", "fetched news", "fetched weather"), log);
        });
    }

    @Test
    void flowAdapters() {
        onVirtualTime(() -> {
            Flux<String> flux = Flux.just("news", "weather");
            // @start region="flow-adapters"
            Flow.Publisher<String> publisher = FlowAdapters.toFlowPublisher(flux);
            AsyncIterator<String> pages = AsyncIterators.fromPublisher(publisher);
            // @end
            assertEquals(List.of("news", "weather"), await(pages.toList()));
        });
    }
}
