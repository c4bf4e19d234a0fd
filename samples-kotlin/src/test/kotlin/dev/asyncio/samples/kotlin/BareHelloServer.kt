package dev.asyncio.samples.kotlin

import io.ktor.server.application.install
import io.ktor.server.cio.CIO
import io.ktor.server.engine.embeddedServer
import io.ktor.server.http.HttpRequestLifecycle
import io.ktor.server.response.respondText
import io.ktor.server.routing.get
import io.ktor.server.routing.routing
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.runBlocking

/** `HelloServer` without the loop, for the benchmarks: what is left is Ktor. */
fun main() = runBlocking<Unit> {
    val server = embeddedServer(CIO, 0, "127.0.0.1") {
        install(HttpRequestLifecycle) { cancelCallOnClose = true }
        routing {
            get("/") { call.respondText("Hello, Anonymous") }
            get("/{name}") { call.respondText("Hello, ${call.parameters["name"]}") }
        }
    }
    server.startSuspend()
    println("listening on 127.0.0.1:${server.engine.resolvedConnectors().first().port}")
    awaitCancellation()
}
