package dev.asyncio.benchmarks.http

/** The names of the servers, as they stand in the tables. */
internal object HttpContenders {
    const val VERTX_SDK = "vertx-sdk"
    const val VERTX = "vertx"
    const val KTOR_SDK = "ktor-sdk"
    const val KTOR = "ktor"
    const val AIOHTTP = "aiohttp"
    const val AIOHTTP_UVLOOP = "aiohttp-uvloop"

    /** In the order of the tables. */
    val DESCRIPTIONS: Map<String, String> = linkedMapOf(
        VERTX_SDK to "the sample `HelloServer` in Java: Vert.x Web on one thread, each request a task on the loop's",
        VERTX to "the same routes without the loop: what crossing over costs",
        KTOR_SDK to "the sample `HelloServer` in Kotlin: Ktor CIO, each request a task on the loop's thread",
        KTOR to "the same without the loop",
        AIOHTTP to "aiohttp on asyncio's own loop",
        AIOHTTP_UVLOOP to "aiohttp on uvloop",
    )

    /** Where a server's program is. */
    val MODULES: Map<String, String> = mapOf(
        VERTX_SDK to "samples-java",
        VERTX to "samples-java",
        KTOR_SDK to "samples-kotlin",
        KTOR to "samples-kotlin",
    )

    val PROGRAMS: Map<String, String> = mapOf(
        VERTX_SDK to "dev.asyncio.samples.HelloServer",
        VERTX to "dev.asyncio.samples.BareHelloServer",
        KTOR_SDK to "dev.asyncio.samples.kotlin.HelloServerKt",
        KTOR to "dev.asyncio.samples.kotlin.BareHelloServerKt",
    )

    /** The argument of the script in Python. */
    val LOOPS: Map<String, String> = mapOf(AIOHTTP to "asyncio", AIOHTTP_UVLOOP to "uvloop")

    /** What others are compared with. */
    val REFERENCES = listOf(AIOHTTP, AIOHTTP_UVLOOP)

    /** What has to be run once before. */
    const val PREPARE =
        "mvn -q -pl samples-java,samples-kotlin -am test-compile dependency:build-classpath" +
            " -Dmdep.outputFile=target/classpath.txt"
}
