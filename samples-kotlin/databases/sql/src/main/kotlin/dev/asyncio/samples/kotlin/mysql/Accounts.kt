package dev.asyncio.samples.kotlin.mysql

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import dev.asyncio.samples.kotlin.sql.Database
import dev.asyncio.samples.kotlin.sql.Session
import dev.asyncio.sync.Event
import kotlin.coroutines.cancellation.CancellationException
import kotlin.time.Duration.Companion.hours

// @start region="main"

/** Queries and transactions. A transaction whose task is cancelled is rolled back. Takes the address of a server. */
fun main(args: Array<String>) = asyncio { accounts(args[0]) }

private suspend fun accounts(address: String) {
    val bank = MySql(address, 10)
    bank.use {
        bank.connection { session ->
            session.execute("CREATE TABLE account (owner varchar(20) PRIMARY KEY, cents int NOT NULL)")
            session.execute("INSERT INTO account VALUES ('ann', 100), ('ben', 100)")
        }

        bank.transaction { session -> transfer(session, "ann", "ben", 30) }
        println("committed: ${balances(bank)}")

        val transferred = Event()
        val slow = createTask {
            bank.transaction { session ->
                transfer(session, "ann", "ben", 50)
                transferred.set()
                sleep(1.hours)
            }
        }
        transferred.waitUntilSet().await()
        slow.cancel()
        try {
            slow.await()
        } catch (_: CancellationException) {
            println("rolled back: ${balances(bank)}")
        }
        bank.connection { session -> session.execute("DROP TABLE account") }
    }
}

private suspend fun transfer(session: Session, from: String, to: String, cents: Int) {
    val sql = "UPDATE account SET cents = cents + ? WHERE owner = ?"
    session.execute(sql, -cents, from)
    session.execute(sql, cents, to)
}

private suspend fun balances(bank: Database): String = bank.connection { session ->
    val sql = "SELECT owner, cents FROM account ORDER BY owner"
    session.query(sql) { row -> "${row.get("owner")} ${row.get("cents")}" }.joinToString()
}
// @end
