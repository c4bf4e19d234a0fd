package dev.asyncio.samples.kotlin.mysql

import dev.asyncio.samples.kotlin.sql.Database

/** A pool of connections to MySQL or MariaDB. The address is one like `mysql://user:password@host:3306/database`. */
internal class MySql(address: String, connections: Int) : Database(address, connections) {
    override val idQuery = "SELECT CONNECTION_ID()"

    override fun cancelStatement(id: Long) = "KILL QUERY $id"
}
