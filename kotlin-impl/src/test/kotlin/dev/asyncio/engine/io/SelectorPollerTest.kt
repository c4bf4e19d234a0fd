package dev.asyncio.engine.io

import dev.asyncio.Asyncio
import dev.asyncio.engine.impl
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.nio.channels.Pipe

/** Whether a loop has channels to look at. */
class SelectorPollerTest {
    @Test
    fun aChannelThatIsClosedWithoutAWordIsNotWatchedForEver() {
        val pipe = Pipe.open()
        pipe.sink().use {
            pipe.source().configureBlocking(false)
            Asyncio.newEventLoop().use { loop ->
                loop.addReader(pipe.source()) {}
                val poller = SelectorPoller.of(loop.impl())
                assertTrue(poller.isWatching)
                pipe.source().close()
                poller.selectNow()
                assertFalse(poller.isWatching)
            }
        }
    }
}
