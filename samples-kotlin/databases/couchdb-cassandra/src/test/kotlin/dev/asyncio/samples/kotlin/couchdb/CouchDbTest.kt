package dev.asyncio.samples.kotlin.couchdb

import dev.asyncio.TimeoutException
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.timeout
import dev.asyncio.samples.servers.Printed
import dev.asyncio.samples.servers.ServerKind
import dev.asyncio.samples.servers.TestServer
import kotlinx.coroutines.flow.first
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.RegisterExtension
import kotlin.time.Duration.Companion.milliseconds

class CouchDbTest {
    @Test
    fun documentsAreWrittenAndRead() {
        val expected = listOf(
            "the bear is at 1",
            "one has to say which bear: true",
            "3 birds came in one request",
            "legs: [4, 2, 2, 2]",
        )
        assertEquals(expected, printed("Documents"))
    }

    @Test
    fun changesAreIterated() {
        assertEquals(listOf("1: one", "2: two", "3: three"), printed("Changes"))
    }

    @Test
    fun feedThatNobodyCollectsEndsItsConnection() = withCouch { couch ->
        couch.put("stopped", NOTHING)
        couch.put("stopped/a", NOTHING)
        assertEquals("a", couch.changes("stopped", "0").first().getValue("id").jsonPrimitive.content)

        connectionsEnd()
    }

    @Test
    fun timeoutEndsTheConnectionOfARequest() = withCouch { couch ->
        couch.put("late", NOTHING)
        val outcome = runCatching {
            timeout(200.milliseconds) { couch.get("late/_changes?feed=longpoll&since=now") }
        }
        assertEquals(TimeoutException::class, outcome.exceptionOrNull()?.let { it::class })

        connectionsEnd()
        assertEquals("0", couch.get("late").getValue("doc_count").jsonPrimitive.content)
    }

    private suspend fun connectionsEnd() {
        while (SERVER.connections() > 0) sleep(10.milliseconds)
    }

    private fun withCouch(test: suspend (CouchDb) -> Unit) = asyncio {
        CouchDb(SERVER.address()).use { couch -> test(couch) }
    }

    private fun printed(sample: String): List<String> {
        val main = Class.forName("dev.asyncio.samples.kotlin.couchdb.${sample}Kt")
            .getMethod("main", Array<String>::class.java)
        return Printed.by({ args -> main.invoke(null, args) }, SERVER)
    }

    private companion object {
        val NOTHING = JsonObject(emptyMap())

        @JvmField
        @RegisterExtension
        val SERVER = TestServer(ServerKind.COUCHDB)
    }
}
