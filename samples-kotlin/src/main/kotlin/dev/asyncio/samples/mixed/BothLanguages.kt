package dev.asyncio.samples.mixed

import dev.asyncio.Asyncio
import dev.asyncio.VoidCoroutine
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.gather
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope

/**
 * One program, one loop, two languages: a server in Java that awaits a Kotlin service, and clients in Kotlin that call
 * the server and another Java library as if they were suspend functions.
 */
fun main() = asyncio {
    val catalog = Catalog()
    val warehouse = Warehouse()
    val shop = Shop(catalog, warehouse)
    val server = Asyncio.createTask(VoidCoroutine(shop::serve))

    println(offer(catalog, warehouse, "tea"))
    gather(listOf("tea", "cake", "tea", "gold").map(shop::order)).forEach(::println)

    server.cancel()
    try {
        server.await()
    } catch (_: CancellationException) {
        println("closed after ${Asyncio.getRunningLoop().time().seconds} s")
    }
}

// @start region="kotlin-awaits-java"
/** What there is of [item], and for how much: both are asked for at once. */
suspend fun offer(catalog: Catalog, warehouse: Warehouse, item: String): String = coroutineScope {
    val price = async { catalog.price(item) }
    val left = warehouse.stock(item).await() // a Java body
    "$item: $left left, ${price.await()} each"
}
// @end
