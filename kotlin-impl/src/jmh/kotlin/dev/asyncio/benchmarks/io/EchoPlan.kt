package dev.asyncio.benchmarks.io

import dev.asyncio.Carrier
import dev.asyncio.benchmarks.Contenders
import dev.asyncio.benchmarks.Options

/** How an echo server is kept busy. */
internal enum class EchoWorkload(val title: String, val connections: Int, val bytes: Int, val what: String) {
    SMALL("echo", 50, 1024, "50 connections, 1 KiB"),
    SINGLE("echo-single", 1, 1024, "1 connection, 1 KiB"),
    LARGE("echo-large", 50, 65536, "50 connections, 64 KiB"),
}

/** The names of the servers, as they stand in the tables. */
internal object EchoContenders {
    const val SDK_CALLBACKS = "sdk-callbacks"
    const val SDK_KOTLIN = Contenders.SDK_KOTLIN
    const val SDK_JAVA_ONE = "sdk-java-virtual-1"
    const val NETTY = "netty"
    const val NIO = "nio"
    const val CPYTHON_PROTOCOL = "cpython-protocol"
    const val CPYTHON_STREAMS = "cpython-streams"
    const val UVLOOP_PROTOCOL = "uvloop-protocol"
    const val UVLOOP_PROTOCOL_PLAIN = "uvloop-protocol-plain"
    const val UVLOOP_STREAMS = "uvloop-streams"

    val CARRIERS: Map<String, Carrier> = Contenders.CARRIERS + (SDK_JAVA_ONE to Carrier.VIRTUAL)

    /** In the order of the tables. */
    val DESCRIPTIONS: Map<String, String> = linkedMapOf(
        SDK_CALLBACKS to "a `Protocol` that writes what it is given, as a `ByteBuffer`",
        SDK_KOTLIN to "`StreamReader` and `StreamWriter`, a suspend function for each connection",
        Contenders.SDK_JAVA_LOOP to
            "the same streams, a straight-line Java body for each connection, on virtual threads that the loop schedules",
        Contenders.SDK_JAVA_VIRTUAL to "the same on the JVM's virtual threads, on as many carriers as there are cores",
        SDK_JAVA_ONE to "the same on one carrier (`-Djdk.virtualThreadScheduler.parallelism=1`)",
        Contenders.SDK_JAVA_PLATFORM to "the same on pooled platform threads",
        NETTY to "Netty on NIO, one loop, pooled buffers",
        NIO to "a selector, a direct buffer, and nothing else: what NIO can do at most",
        CPYTHON_PROTOCOL to
            "`asyncio.Protocol` on asyncio's own loop; like all but one in Python, after the allocator was brought to keep what is freed",
        CPYTHON_STREAMS to "asyncio's streams on the same",
        UVLOOP_PROTOCOL to "`asyncio.Protocol` on uvloop",
        UVLOOP_PROTOCOL_PLAIN to "the same with the allocator as it comes, which decides over requests of 64 KiB",
        UVLOOP_STREAMS to "asyncio's streams on uvloop",
    )

    val ALL: List<String> = DESCRIPTIONS.keys.toList()

    /** The arguments of their script. */
    val OF_PYTHON: Map<String, List<String>> = mapOf(
        CPYTHON_PROTOCOL to listOf(Contenders.CPYTHON, "protocol"),
        CPYTHON_STREAMS to listOf(Contenders.CPYTHON, "streams"),
        UVLOOP_PROTOCOL to listOf(Contenders.UVLOOP, "protocol"),
        UVLOOP_PROTOCOL_PLAIN to listOf(Contenders.UVLOOP, "protocol", "plain"),
        UVLOOP_STREAMS to listOf(Contenders.UVLOOP, "streams"),
    )

    /** What others are compared with. */
    val REFERENCES =
        listOf(NETTY, UVLOOP_PROTOCOL, UVLOOP_PROTOCOL_PLAIN, UVLOOP_STREAMS, CPYTHON_PROTOCOL, CPYTHON_STREAMS)

    fun jvmFlags(contender: String): List<String> = when (contender) {
        SDK_JAVA_ONE -> listOf("-Djdk.virtualThreadScheduler.parallelism=1")
        Contenders.SDK_JAVA_LOOP -> listOf("--add-opens=java.base/java.lang=ALL-UNNAMED")
        else -> emptyList()
    }

    /** Platform threads are for those that have no virtual ones. */
    fun runsOn(contender: String, jdkFeature: Int): Boolean = when (contender) {
        Contenders.SDK_JAVA_PLATFORM -> jdkFeature < FIRST_WITH_VIRTUAL_THREADS
        Contenders.SDK_JAVA_LOOP, Contenders.SDK_JAVA_VIRTUAL, SDK_JAVA_ONE -> jdkFeature >= FIRST_WITH_VIRTUAL_THREADS
        else -> true
    }

    private const val FIRST_WITH_VIRTUAL_THREADS = 21
}

/** How long to keep a server busy, in seconds. */
internal class EchoEffort private constructor(
    val rounds: Int,
    /** Before the first measurement of a JVM, which compiles meanwhile. */
    val firstWarmUp: Double,
    val warmUp: Double,
    /** How often it is measured in a round, one after the other. */
    val measurements: Int,
    val measurement: Double,
) {
    companion object {
        /** Until new connections are all under way. */
        const val SETTLING = 0.1

        fun of(options: Options): EchoEffort = when {
            options.effort.quick -> EchoEffort(options.rounds ?: 3, 3.0, 0.2, 1, 0.5)
            else -> EchoEffort(options.rounds ?: 5, 8.0, 1.0, 3, 1.0)
        }
    }
}
