package dev.asyncio.benchmarks

import dev.asyncio.Asyncio
import dev.asyncio.Awaitable
import dev.asyncio.Carrier
import dev.asyncio.Coroutine
import dev.asyncio.EventLoop

/** One way to do a workload; holds what it needs from one run to the next. */
interface Contender : AutoCloseable {
    /** Does [operations] of the workload's operations. */
    fun run(operations: Int)

    override fun close() = Unit
}

/** Does the workload on a loop of the SDK that is made once, as a program's is. */
class OnLoop(private val loop: EventLoop, private val main: (operations: Int) -> Awaitable<*>) : Contender {
    override fun run(operations: Int) {
        loop.runUntilComplete(main(operations))
    }

    override fun close() = loop.close()

    companion object {
        /** Java bodies, on the carrier that the contender is named after. */
        fun java(contender: String, main: (Int) -> Coroutine<*>): Contender =
            OnLoop(Asyncio.newEventLoop(Contenders.CARRIERS.getValue(contender)), main)

        /** Suspend bodies, or no bodies at all: the carrier does not matter. */
        fun any(main: (Int) -> Awaitable<*>): Contender = OnLoop(Asyncio.newEventLoop(), main)

        /** What [main] gives is made by a callback of the loop. */
        fun callbacks(main: (EventLoop, Int) -> Awaitable<*>): Contender {
            val loop = Asyncio.newEventLoop()
            Asyncio.setEventLoop(loop)
            return OnLoop(loop) { main(loop, it) }
        }
    }
}

/** The names of contenders, as they stand in the tables. */
object Contenders {
    const val SDK_KOTLIN = "sdk-kotlin"
    const val SDK_COMPOSED = "sdk-composed"
    const val SDK_JAVA_LOOP = "sdk-java-loop"
    const val SDK_JAVA_VIRTUAL = "sdk-java-virtual"
    const val SDK_JAVA_PLATFORM = "sdk-java-platform"
    const val KOTLINX = "kotlinx"
    const val VIRTUAL_THREADS = "virtual-threads"
    const val PLATFORM_THREADS = "platform-threads"
    const val LIMIT = "limit"
    const val CPYTHON = "cpython"
    const val UVLOOP = "uvloop"

    val CARRIERS: Map<String, Carrier> = mapOf(
        SDK_JAVA_LOOP to Carrier.LOOP,
        SDK_JAVA_VIRTUAL to Carrier.VIRTUAL,
        SDK_JAVA_PLATFORM to Carrier.PLATFORM,
    )

    /** In the order of the tables. */
    val DESCRIPTIONS: Map<String, String> = linkedMapOf(
        SDK_KOTLIN to "suspend functions on the Kotlin face",
        SDK_COMPOSED to "operations of the SDK put together by gather and done-callbacks, without anybody's body",
        SDK_JAVA_LOOP to
            "straight-line Java bodies on virtual threads that the loop schedules (`--add-opens java.base/java.lang`)",
        SDK_JAVA_VIRTUAL to "straight-line Java bodies on the JVM's virtual threads",
        SDK_JAVA_PLATFORM to "straight-line Java bodies on pooled platform threads",
        KOTLINX to "kotlinx.coroutines in `runBlocking`",
        VIRTUAL_THREADS to "virtual threads as they are, in parallel and in no order",
        PLATFORM_THREADS to
            "a platform thread for each body, resumed one at a time by a loop thread with park and unpark",
        LIMIT to "handles in an `ArrayDeque`, and nothing else",
        CPYTHON to "the same program in Python, on asyncio's own loop",
        UVLOOP to "the same on uvloop",
    )

    val ALL: List<String> = DESCRIPTIONS.keys.toList()

    /** Processes of their own, not JMH. */
    val OF_PYTHON = setOf(CPYTHON, UVLOOP)

    val NEED_VIRTUAL_THREADS = setOf(SDK_JAVA_LOOP, SDK_JAVA_VIRTUAL, VIRTUAL_THREADS)

    /** Those whose operations take tens of nanoseconds. */
    val FAST = setOf(SDK_KOTLIN, SDK_COMPOSED, KOTLINX, LIMIT)
}
