package dev.asyncio.samples.mixed

import kotlinx.coroutines.delay
import kotlin.time.Duration.Companion.seconds

/** A service of suspend functions. It knows nothing of Java, nor of the SDK. */
class Catalog {
    private val prices = mapOf("tea" to 3, "cake" to 4)

    /** The price of [item], if there is such a thing. */
    suspend fun price(item: String): Int {
        delay(2.seconds)
        return prices[item] ?: throw NoSuchElementException("we do not sell $item")
    }
}
