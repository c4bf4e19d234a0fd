package dev.asyncio.samples.mixed

import dev.asyncio.Asyncio
import dev.asyncio.TimeoutException
import dev.asyncio.VoidCoroutine
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.waitFor
import dev.asyncio.samples.kotlin.printedBy
import dev.asyncio.testing.VirtualTime
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import kotlin.time.Duration.Companion.seconds
import dev.asyncio.samples.mixed.main as bothLanguages

/** The programs that are written in both languages, run on virtual time. */
class BothLanguagesTest {
    @Test
    fun clientsAndServerUnderstandEachOther() {
        val expected = """
            tea: 1 left, 3 each
            tea for 3
            cake for 4
            tea is sold out
            sorry, we do not sell gold
            closed after 7 s

        """.trimIndent()
        assertEquals(expected, printedBy { VirtualTime.during { bothLanguages() } })
    }

    @Test
    fun aClientThatGivesUpDoesNotDisturbTheServer() = VirtualTime.during {
        asyncio {
            val shop = Shop(Catalog(), Warehouse())
            val server = Asyncio.createTask(VoidCoroutine(shop::serve))
            val gaveUp = runCatching { waitFor(shop.order("cake"), 1.seconds) }
            assertThrows(TimeoutException::class.java) { gaveUp.getOrThrow() }
            assertEquals("cake for 4", shop.order("cake").await())
            server.cancel()
        }
    }
}
