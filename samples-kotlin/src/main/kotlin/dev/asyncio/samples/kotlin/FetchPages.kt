package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asCompleted
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.taskGroup
import dev.asyncio.coroutines.withPermit
import dev.asyncio.samples.kotlin.cli.port
import dev.asyncio.sync.Semaphore
import io.ktor.client.HttpClient
import io.ktor.client.engine.cio.CIO
import io.ktor.client.request.get
import io.ktor.client.statement.bodyAsText

/** Fetches 100 pages at once, but no more than 10 at a time. `--port N` is where a `HelloServer` listens. */
fun main(args: Array<String>) {
    val server = "http://127.0.0.1:${port(args, 8080)}"
    asyncio { fetchPages(server) }
}

// @start region="fetch-pages"
private suspend fun fetchPages(server: String) = HttpClient(CIO).use { client ->
    val limit = Semaphore(10)
    var fetched = 0
    var characters = 0
    taskGroup {
        val pages = (1..100).map { i ->
            createTask { limit.withPermit { client.get("$server/page-$i").bodyAsText().length } }
        }
        asCompleted(pages).collect { page ->
            characters += page.await()
            print("\r${++fetched} of ${pages.size} pages")
        }
    }
    println(", $characters characters")
}
// @end
