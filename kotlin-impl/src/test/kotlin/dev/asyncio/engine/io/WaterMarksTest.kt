package dev.asyncio.engine.io

import dev.asyncio.Asyncio
import dev.asyncio.engine.impl
import dev.asyncio.streams.BaseProtocol
import dev.asyncio.streams.BaseTransport
import dev.asyncio.streams.StreamProtocol
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** When a protocol is asked to pause, for sizes that no test would really buffer. */
class WaterMarksTest {
    private val log = ArrayList<String>()

    private val protocol = object : StreamProtocol {
        override fun pauseWriting() {
            log += "pause"
        }

        override fun resumeWriting() {
            log += "resume"
        }
    }

    private object Unused : BaseTransport {
        override fun close() = Unit

        override fun abort() = Unit

        override fun isClosing(): Boolean = false

        override fun getExtraInfo(name: String): Any? = null

        override fun setProtocol(protocol: BaseProtocol) = Unit

        override fun getProtocol(): BaseProtocol = throw UnsupportedOperationException()
    }

    @Test
    fun moreThanTwoGigabytesAreTooMuch() {
        Asyncio.newEventLoop().use { loop ->
            val marks = WaterMarks(loop.impl(), Unused)
            marks.maybePause(protocol, 3L shl 30)
            marks.maybeResume(protocol, 5L shl 30)
            assertEquals(listOf("pause"), log)
            marks.maybeResume(protocol, 0)
            assertEquals(listOf("pause", "resume"), log)
        }
    }

    @Test
    fun whatAnIntCannotHoldIsToldAsTheMost() {
        assertEquals(Int.MAX_VALUE, (3L shl 30).toIntSaturated())
        assertEquals(65536, 65536L.toIntSaturated())
    }
}
