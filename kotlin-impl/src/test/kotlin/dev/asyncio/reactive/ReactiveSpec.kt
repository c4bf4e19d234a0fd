package dev.asyncio.reactive

import dev.asyncio.TimeoutException
import dev.asyncio.coroutines.asAsyncIterator
import dev.asyncio.coroutines.asFlow
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.reactive.asAsyncIterator
import dev.asyncio.coroutines.reactive.asPublisher
import dev.asyncio.coroutines.reactive.awaitFirst
import dev.asyncio.coroutines.reactive.awaitFirstOrNull
import dev.asyncio.coroutines.reactive.awaitSingle
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.waitFor
import dev.asyncio.interop.millisNow
import dev.asyncio.interop.program
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono
import kotlin.time.Duration.Companion.seconds

class ReactiveSpec : FunSpec({
    test("publishers are awaited") {
        program {
            Mono.just(1).awaitSingle() shouldBe 1
            Flux.just(1, 2).awaitFirst() shouldBe 1
            Mono.empty<Int>().awaitFirstOrNull() shouldBe null
            shouldThrow<NoSuchElementException> { Mono.empty<Int>().awaitFirst() }
            shouldThrow<NoSuchElementException> { Mono.empty<Int>().awaitSingle() }
            shouldThrow<IllegalArgumentException> { Flux.just(1, 2).awaitSingle() }
        }
    }

    test("a publisher becomes a flow, and a flow a publisher") {
        program {
            Flux.range(1, 3).asAsyncIterator().asFlow().map { it * it }.toList() shouldContainExactly listOf(1, 4, 9)
            val seconds = flow {
                repeat(3) {
                    sleep(1.seconds)
                    emit(millisNow)
                }
            }
            val publisher = seconds.asAsyncIterator().asPublisher()
            Flux.from(publisher).collectList().awaitSingle() shouldBe listOf(1_000L, 2_000L, 3_000L)
        }
    }

    test("a wait for a publisher can time out") {
        var cancelled = 0
        program {
            val never = Mono.never<Int>().doOnCancel { cancelled++ }
            shouldThrow<TimeoutException> { waitFor(coroutine { never.awaitSingle() }, 1.seconds) }
        }
        cancelled shouldBe 1
    }
})
