package dev.asyncio.streams

import dev.asyncio.Awaitable
import dev.asyncio.IncompleteReadException
import dev.asyncio.LimitOverrunException
import dev.asyncio.engine.impl
import dev.asyncio.engine.streams.StreamReaderImpl
import dev.asyncio.support.Body
import dev.asyncio.support.Face
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource
import java.io.IOException
import java.net.InetSocketAddress
import java.net.SocketException
import java.nio.ByteBuffer
import java.nio.charset.StandardCharsets.UTF_8

/** What a reader does with what it is fed, on virtual time. */
class StreamReaderOnEveryFaceTest {
    /** A source that notes when it is told to pause. */
    private class Source(private val log: MutableList<String>) : ReadTransport {
        override fun pauseReading() {
            log += "pause"
        }

        override fun resumeReading() {
            log += "resume"
        }

        override fun isReading() = true

        override fun isClosing() = false

        override fun close() = Unit

        override fun abort() = Unit

        override fun getExtraInfo(name: String): Any? =
            if (name == "peername") InetSocketAddress.createUnresolved("peer", 80) else null

        override fun setProtocol(protocol: BaseProtocol) = Unit

        override fun getProtocol(): BaseProtocol = object : BaseProtocol {}
    }

    private class Script(val body: Body, limit: Int) {
        val log = ArrayList<String>()
        val reader = StreamReaderImpl(body.loop.impl(), limit).also { it.setTransport(Source(log)) }

        fun feed(text: String) = reader.feedData(ByteBuffer.wrap(text.toByteArray()))
    }

    private suspend fun Body.text(bytes: Awaitable<ByteArray>) = String(await(bytes))

    private suspend fun Body.thrown(awaitable: Awaitable<*>): Throwable = try {
        throw AssertionError("no exception, but ${await(awaitable)}")
    } catch (e: RuntimeException) {
        e
    } catch (e: IOException) {
        e
    }

    private fun Face.script(limit: Int = 100, block: suspend Script.() -> Unit) = run { Script(this, limit).block() }

    private fun bytes(text: String) = text.toByteArray()

    companion object {
        @JvmStatic
        fun faces() = Face.all()
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun readGivesWhatThereIs(face: Face) = face.script {
        feed("hello")
        assertEquals("hel", body.text(reader.read(3)))
        assertEquals("", body.text(reader.read(0)))
        feed(" world")
        assertEquals("lo world", body.text(reader.read(100)))
        val later = body.createTask { text(reader.read(100)) }
        body.yieldOnce()
        feed("x")
        feed("y")
        assertEquals("xy", body.await(later))
        reader.feedEof()
        assertEquals("", body.text(reader.read(5)))
        assertTrue(reader.atEof())
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun readWithoutANumberReadsToTheEnd(face: Face) = face.script(limit = 2) {
        feed("abc")
        val all = body.createTask { text(reader.read()) }
        body.yieldOnce()
        feed("defgh") // more than twice the limit, but somebody waits for it
        reader.feedEof()
        assertEquals("abcdefgh", body.await(all))
        assertEquals("", body.text(reader.read()))
        assertEquals(emptyList<String>(), log)
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun readIntoFillsABuffer(face: Face) = face.script {
        val buffer = ByteBuffer.allocate(4)
        feed("abcdef")
        assertEquals(4, body.await(reader.readInto(buffer)))
        assertEquals(0, body.await(reader.readInto(buffer)))
        buffer.clear()
        assertEquals(2, body.await(reader.readInto(buffer)))
        assertArrayEquals(bytes("efcd"), buffer.array())
        val later = body.createTask { await(reader.readInto(ByteBuffer.allocate(4))) }
        body.yieldOnce()
        reader.feedEof()
        assertEquals(0, body.await(later))
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun readExactlyIsWokenOnce(face: Face) = face.script(limit = 3) {
        val task = body.createTask { text(reader.readExactly(10)) }
        body.yieldOnce()
        for (c in "0123456789ab") {
            feed(c.toString())
            body.yieldOnce()
        }
        assertEquals("0123456789", body.await(task))
        assertEquals("ab", body.text(reader.read(5)))
        assertEquals("", body.text(reader.readExactly(0)))
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun readExactlyAtTheEndTellsWhatThereWas(face: Face) = face.script {
        val task = body.createTask { thrown(reader.readExactly(10)) }
        body.yieldOnce()
        feed("abc")
        reader.feedEof()
        val e = body.await(task) as IncompleteReadException
        assertEquals("3 bytes read on a total of 10 expected bytes, from peer:80", e.message)
        assertEquals("abc", String(e.partial()))
        assertEquals(10, e.expected())
        assertTrue(reader.atEof())
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun aSeparatorInSeveralPiecesIsFound(face: Face) = face.script {
        val task = body.createTask { text(reader.readUntil(bytes("END"))) }
        body.yieldOnce()
        for (piece in listOf("aE", "NEEN", "D", "rest")) {
            feed(piece)
            body.yieldOnce()
        }
        assertEquals("aENEEND", body.await(task))
        assertEquals("rest", body.text(reader.read(10)))
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun ofSeveralSeparatorsTheOneThatEndsFirstCounts(face: Face) = face.script {
        feed("a--b-c==d")
        assertEquals("a-", body.text(reader.readUntil(bytes("--"), bytes("-"))))
        assertEquals("-b-c==", body.text(reader.readUntil(bytes("=="), bytes("b-d"))))
        reader.feedEof()
        val e = body.thrown(reader.readUntil(bytes("x"))) as IncompleteReadException
        assertEquals("1 bytes read on a total of undefined expected bytes, from peer:80", e.message)
        assertEquals(null, e.expected())
        assertEquals("d", String(e.partial()))
        assertTrue(reader.atEof())
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun ofSeparatorsThatEndTogetherTheShortestCounts(face: Face) = face.script(limit = 1) {
        feed("ab--")
        val e = body.thrown(reader.readUntil(bytes("b--"), bytes("--"))) as LimitOverrunException
        assertEquals(2, e.consumed())
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun whatComesBeforeTheReaderHasItsTurnCounts(face: Face) = face.script(limit = 4) {
        val task = body.createTask { thrown(reader.readLine()) }
        body.yieldOnce()
        feed("too long")
        feed(" by far\nx\n")
        assertTrue(body.await(task) is IllegalArgumentException)
        assertEquals("x\n", body.text(reader.readLine()))
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun whatOthersReadBeforeTheReaderHasItsTurnIsWaitedForAnew(face: Face) = face.script {
        val line = body.createTask { text(reader.readLine()) }
        body.yieldOnce()
        feed("ab\nc")
        assertEquals("ab\n", body.text(reader.read(3)))
        body.yieldOnce()
        feed("d\n")
        assertEquals("cd\n", body.await(line))
        val exactly = body.createTask { text(reader.readExactly(3)) }
        body.yieldOnce()
        feed("abc")
        assertEquals("ab", body.text(reader.read(2)))
        body.yieldOnce()
        feed("de")
        assertEquals("cde", body.await(exactly))
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun nothingIsNotTheEnd(face: Face) = face.script {
        val task = body.createTask { text(reader.read(5)) }
        body.yieldOnce()
        feed("")
        body.yieldOnce()
        feed("x")
        assertEquals("x", body.await(task))
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun aMissingSeparatorLeavesEverythingInPlace(face: Face) = face.script(limit = 4) {
        feed("abcdefgh")
        val missing = body.thrown(reader.readUntil(bytes("--"))) as LimitOverrunException
        assertEquals(
            "Separator is not found, and chunk exceed the limit of 4 bytes, from peer:80",
            missing.message,
        )
        assertEquals(7, missing.consumed())
        feed("--")
        val late = body.thrown(reader.readUntil(bytes("--"))) as LimitOverrunException
        assertEquals(8, late.consumed())
        assertTrue("Separator is found, but chunk is longer than limit" in late.message!!)
        assertEquals("abcdefgh--", body.text(reader.readExactly(10)))
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun theLimitDoesNotCountTheSeparator(face: Face) = face.script(limit = 4) {
        feed("abcd\nabcde\nx\n")
        assertEquals("abcd\n", body.text(reader.readLine()))
        val e = body.thrown(reader.readLine()) as IllegalArgumentException
        assertTrue("limit of 4 bytes, from peer:80" in e.message!!)
        assertEquals("x\n", body.text(reader.readLine()))
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun aLineWithoutAnEndThatIsTooLongIsDropped(face: Face) = face.script(limit = 4) {
        val task = body.createTask { thrown(reader.readLine()) }
        body.yieldOnce()
        feed("abc")
        body.yieldOnce()
        assertFalse(task.done())
        feed("defgh")
        assertTrue(body.await(task) is IllegalArgumentException)
        feed("x\n")
        assertEquals("x\n", body.text(reader.readLine()))
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun linesEndWithTheStream(face: Face) = face.script {
        feed("one\ntwo\r\n\nlast")
        assertEquals("one\n", body.text(reader.readLine()))
        assertEquals("two\r\n", body.await(reader.readLine(UTF_8)))
        reader.feedEof()
        assertEquals("\n", body.text(reader.readLine()))
        assertEquals("last", body.text(reader.readLine()))
        assertEquals("", body.text(reader.readLine()))
        assertEquals("", body.await(reader.readLine(UTF_8)))
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun linesAreIteratedOver(face: Face) = face.script {
        val task = body.createTask { await(reader.lines(UTF_8).toList()) }
        body.yieldOnce()
        feed("gr\u00fcn\r\n\nro")
        body.yieldOnce()
        feed("t")
        reader.feedEof()
        assertEquals(listOf("gr\u00fcn", "", "rot"), body.await(task))
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun rawLinesKeepTheirEnds(face: Face) = face.script {
        feed("a\r\nb")
        reader.feedEof()
        assertEquals(listOf("a\r\n", "b"), body.await(reader.iterator().toList()).map { String(it) })
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun theSourcePausesAboveTwiceTheLimitAndGoesOnAtTheLimit(face: Face) = face.script(limit = 4) {
        feed("12345678")
        assertEquals(emptyList<String>(), log)
        feed("9")
        feed("0")
        assertEquals(listOf("pause"), log)
        assertEquals("12345", body.text(reader.read(5)))
        assertEquals(listOf("pause"), log)
        assertEquals("6", body.text(reader.read(1)))
        assertEquals(listOf("pause", "resume"), log)
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun whoeverNeedsMoreThanTheLimitResumesTheSource(face: Face) = face.script(limit = 4) {
        feed("123456789")
        val task = body.createTask { text(reader.readExactly(20)) }
        body.yieldOnce()
        assertEquals(listOf("pause", "resume"), log)
        feed("0123456789abcdef")
        assertEquals("1234567890123456789a", body.await(task))
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun aCancelledReadLosesNothing(face: Face) = face.script {
        val task = body.createTask { text(reader.readExactly(4)) }
        body.yieldOnce()
        feed("ab")
        task.cancel()
        body.yieldTimes(2)
        assertTrue(task.cancelled())
        feed("cd")
        assertEquals("abcd", body.text(reader.readExactly(4)))
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun whatACancelledReadToTheEndLeavesDoesNotPauseTheSource(face: Face) = face.script(limit = 4) {
        val task = body.createTask { text(reader.read()) }
        body.yieldOnce()
        feed("0123456789")
        task.cancel()
        body.yieldTimes(2)
        assertTrue(task.cancelled())
        feed("abcdefgh")
        assertEquals(emptyList<String>(), log)
        feed("i")
        assertEquals(listOf("pause"), log)
        assertEquals("0123456789abcd", body.text(reader.readExactly(14)))
        assertEquals(listOf("pause"), log)
        assertEquals("e", body.text(reader.read(1)))
        assertEquals(listOf("pause", "resume"), log)
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun oneMayWaitAtATime(face: Face) = face.script {
        val task = body.createTask { text(reader.read(1)) }
        body.yieldOnce()
        assertEquals(
            "readLine() called while another coroutine is already waiting for incoming data",
            body.thrown(reader.readLine()).message,
        )
        feed("x")
        assertEquals("x", body.await(task))
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun aFailureIsThrownByEveryRead(face: Face) = face.script {
        val task = body.createTask { thrown(reader.read(1)) }
        body.yieldOnce()
        val reset = SocketException("Connection reset")
        reader.setException(reset)
        assertEquals(reset, body.await(task))
        feed("abc")
        assertEquals(reset, body.thrown(reader.read(1)))
        assertEquals(reset, body.thrown(reader.readLine()))
        assertEquals(reset, reader.exception())
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun badArgumentsAreRefused(face: Face) = face.script {
        assertEquals(
            "readExactly size can not be less than zero",
            runCatching { reader.readExactly(-1) }.exceptionOrNull()!!.message,
        )
        assertTrue(runCatching { reader.readUntil() }.exceptionOrNull() is IllegalArgumentException)
        assertTrue(runCatching { reader.readUntil(bytes("")) }.exceptionOrNull() is IllegalArgumentException)
    }

    @ParameterizedTest
    @MethodSource("faces")
    fun itShowsItsState(face: Face) = face.script(limit = 1) {
        feed("abc")
        reader.feedEof()
        assertEquals("<StreamReader 3 bytes eof paused>", reader.toString())
    }
}
