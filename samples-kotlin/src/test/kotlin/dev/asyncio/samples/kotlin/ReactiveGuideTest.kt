package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asFlow
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.reactive.asAsyncIterator
import dev.asyncio.coroutines.reactive.awaitSingle
import dev.asyncio.coroutines.sleep
import dev.asyncio.testing.VirtualTime
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono
import kotlin.time.Duration.Companion.seconds

/** The guide's examples of reactive streams, run with Reactor. */
class ReactiveGuideTest {
    private val log = mutableListOf<String>()

    private suspend fun fetch(page: String): String {
        sleep(1.seconds)
        log += "fetched $page"
        return "<$page>"
    }

    @Test
    fun publishers() =
        VirtualTime.during {
            asyncio {
                val pages = Flux.just("news", "weather")
                val page = Mono.just("sports")
                // @start region="publishers"
                fetch(page.awaitSingle()) // a Mono, a Single…
                pages.asAsyncIterator().asFlow().collect { fetch(it) } // asks for one page at a time
                // @end
                assertEquals(listOf("fetched sports", "fetched news", "fetched weather"), log)
            }
        }
}
