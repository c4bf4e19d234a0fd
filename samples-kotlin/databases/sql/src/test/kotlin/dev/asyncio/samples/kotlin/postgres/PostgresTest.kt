package dev.asyncio.samples.kotlin.postgres

import dev.asyncio.Asyncio
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.sleep
import dev.asyncio.samples.kotlin.sql.Database
import dev.asyncio.samples.servers.Printed
import dev.asyncio.samples.servers.ServerKind
import dev.asyncio.samples.servers.TestServer
import dev.asyncio.sync.Event
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.RegisterExtension
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

class PostgresTest {
    @Test
    fun cancelledTransactionIsRolledBack() {
        assertEquals(listOf("committed: ann 70, ben 130", "rolled back: ann 70, ben 130"), printed("Accounts"))
    }

    @Test
    fun tasksShareThePool() {
        val line = printed("PooledQueries").single()

        assertTrue(Regex("200 tasks, ([2-9]|10) connections").matches(line), line)
    }

    @Test
    fun timeoutFreesTheConnection() {
        assertEquals(listOf("an hour is too long", "the only connection says 2"), printed("QueryTimeout"))
    }

    @Test
    fun notificationsAreIterated() {
        assertEquals(listOf("heard: one", "heard: two", "heard: three"), printed("Notifications"))
    }

    @Test
    fun cancelledQueriesEndAtTheServer() = asyncio {
        val database = Postgres(SERVER.address(), 10)
        val observer = Postgres(SERVER.address(), 1)
        database.use {
            val tasks = List(20) { createTask { rows(database, "SELECT 1 FROM pg_sleep(3600)") } }
            while (rows(observer, SLEEPING) < 10) sleep(10.milliseconds)
            assertEquals(10, database.acquired)

            tasks.forEach { it.cancel() }
            Asyncio.gatherOutcomes(tasks).await()

            assertEquals(emptyList<Throwable?>(), tasks.filterNot { it.cancelled() }.map { it.exception() })
            assertEquals(0, rows(observer, SLEEPING))
            assertEquals(0, database.acquired)
            assertEquals(List(20) { 1 }, gather(List(20) { createTask { rows(database, "SELECT 1") } }))
        }
        observer.close()
    }

    @Test
    fun connectionThatComesTooLateGoesBack() = asyncio {
        val database = Postgres(SERVER.address(), 1)
        database.use {
            val isThere = Event()
            val mayEnd = Event()
            val first = createTask {
                database.connection {
                    isThere.set()
                    mayEnd.waitUntilSet().await()
                }
            }
            isThere.waitUntilSet().await()
            val second = createTask { rows(database, "SELECT 1") }
            sleep(Duration.ZERO)
            second.cancel()
            Asyncio.gatherOutcomes(listOf(second)).await()

            mayEnd.set()
            first.await()

            assertEquals(1, rows(database, "SELECT 1"))
            assertEquals(0, database.acquired)
        }
    }

    private suspend fun rows(database: Database, sql: String): Int =
        database.connection { session -> session.query(sql) { } }.size

    private fun printed(sample: String): List<String> {
        val main = Class.forName(
            "dev.asyncio.samples.kotlin.postgres.${sample}Kt",
        ).getMethod("main", Array<String>::class.java)
        return Printed.by({ args -> main.invoke(null, args) }, SERVER)
    }

    private companion object {
        const val SLEEPING = "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND wait_event = 'PgSleep'"

        @JvmField
        @RegisterExtension
        val SERVER = TestServer(ServerKind.POSTGRES)
    }
}
