package dev.asyncio.samples.kotlin.cassandra

import com.datastax.oss.driver.internal.core.session.DefaultSession
import dev.asyncio.TimeoutException
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.timeout
import dev.asyncio.samples.servers.CassandraServer
import dev.asyncio.samples.servers.Printed
import dev.asyncio.samples.servers.ServerKind
import dev.asyncio.samples.servers.TestServer
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.RegisterExtension
import kotlin.time.Duration.Companion.milliseconds

class CassandraTest {
    @Test
    fun pagesAreIterated() {
        val main = Class.forName("dev.asyncio.samples.kotlin.cassandra.ReadingsKt")
            .getMethod("main", Array<String>::class.java)
        val lines = Printed.by({ args -> main.invoke(null, args) }, SERVER)

        assertEquals(listOf("1000 readings, 333 of them above 21 degrees"), lines)
    }

    @Test
    fun timeoutGivesUpTheRequest() = asyncio {
        val node = SERVER.server() as CassandraServer
        Cassandra.connect(SERVER.address()).use { cassandra ->
            val pool = (cassandra.session as DefaultSession).pools.values.single()
            node.pause()
            try {
                val outcome = runCatching { timeout(200.milliseconds) { cassandra.execute(QUERY) } }
                assertEquals(TimeoutException::class, outcome.exceptionOrNull()?.let { it::class })
                while (pool.orphanedIds == 0) sleep(10.milliseconds) // nobody waits for the answer any more
            } finally {
                node.resume()
            }
            while (pool.inFlight > 0) sleep(10.milliseconds) // it has come, and went nowhere
            assertEquals(0, pool.orphanedIds)
            assertNotNull(cassandra.execute(QUERY).one())
        }
    }

    private companion object {
        const val QUERY = "SELECT release_version FROM system.local"

        @JvmField
        @RegisterExtension
        val SERVER = TestServer(ServerKind.CASSANDRA)
    }
}
