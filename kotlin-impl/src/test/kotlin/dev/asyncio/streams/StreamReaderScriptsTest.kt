package dev.asyncio.streams

import com.google.gson.JsonArray
import com.google.gson.JsonElement
import com.google.gson.JsonObject
import com.google.gson.JsonParser
import dev.asyncio.Awaitable
import dev.asyncio.IncompleteReadException
import dev.asyncio.LimitOverrunException
import dev.asyncio.engine.impl
import dev.asyncio.engine.streams.StreamReaderImpl
import dev.asyncio.support.Body
import dev.asyncio.support.Face
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource
import java.io.IOException
import java.nio.ByteBuffer

/**
 * Readers that are fed at random give what CPython 3.13's StreamReader gives, read by read.
 *
 * Each line of `readers.jsonl` is a script. One or two tasks make the same `reads`, one after the other. After `start`
 * iterations another task feeds: all pieces of a step at once, then four iterations for the readers, `fed`. After the last
 * step comes the `end`. The `trace` has what each read gave, with CPython's names of exceptions.
 */
class StreamReaderScriptsTest {
    @ParameterizedTest
    @MethodSource("dev.asyncio.support.Face#all")
    fun readsGiveWhatTheyGiveInCPython(face: Face) {
        javaClass.getResourceAsStream("/streams/readers.jsonl")!!.bufferedReader().forEachLine { line ->
            val script = JsonParser.parseString(line).asJsonObject
            assertEquals(script["trace"].strings(), traceOf(face, script), line)
        }
    }

    private fun traceOf(face: Face, script: JsonObject): List<String> {
        val trace = ArrayList<String>()
        face.run {
            val reader = StreamReaderImpl(loop.impl(), script["limit"].asInt)
            val tasks = List(script["readers"].asInt) { i ->
                createTask {
                    for (read in script["reads"].asJsonArray) {
                        val (method, arguments) = read.strings().let { it.first() to it.drop(1) }
                        trace += "${i + 1} $method: ${outcome { read(reader, method, arguments) }}"
                    }
                }
            }
            yieldTimes(script["start"].asInt)
            feed(reader, script, trace)
            trace += "done " + tasks.joinToString(" ") { it.done().toString() }
            for (task in tasks) task.cancel()
            yieldTimes(2)
        }
        return trace
    }

    private suspend fun Body.feed(reader: StreamReaderImpl, script: JsonObject, trace: MutableList<String>) {
        val steps = script["feeds"].asJsonArray
        val end = script["end"].asString
        steps.forEachIndexed { i, pieces ->
            for (piece in pieces.strings()) reader.feedData(ByteBuffer.wrap(piece.toByteArray()))
            if (end == "eof at once" && i == steps.size() - 1) return@forEachIndexed
            yieldTimes(ITERATIONS_OF_A_STEP)
            trace += "fed"
        }
        if (end == "exception") reader.setException(IOException()) else reader.feedEof()
        yieldTimes(ITERATIONS_AT_THE_END)
    }

    private suspend fun Body.read(reader: StreamReaderImpl, method: String, arguments: List<String>): String =
        when (method) {
            "read" -> text(reader.read(arguments.single().toInt()))
            "readAll" -> text(reader.read())
            "readExactly" -> text(reader.readExactly(arguments.single().toInt()))
            "readLine" -> text(reader.readLine())
            "readUntil" -> text(reader.readUntil(*arguments.map { it.toByteArray() }.toTypedArray()))
            "next" -> reader.iterator().let { if (await(it.advance())) String(it.current()) else "stop" }
            "atEof" -> reader.atEof().toString()
            else -> throw IllegalArgumentException(method)
        }

    private suspend fun Body.text(bytes: Awaitable<ByteArray>) = String(await(bytes))

    private inline fun outcome(read: () -> String): String = try {
        read()
    } catch (e: IncompleteReadException) {
        "IncompleteReadError ${String(e.partial())} of ${e.expected()}"
    } catch (e: LimitOverrunException) {
        "LimitOverrunError ${e.consumed()}"
    } catch (_: IllegalArgumentException) {
        "ValueError"
    } catch (_: IllegalStateException) {
        "RuntimeError"
    } catch (_: IOException) {
        "OSError"
    }

    private fun JsonElement.strings(): List<String> = (this as JsonArray).map { it.asString }

    private companion object {
        const val ITERATIONS_OF_A_STEP = 4
        const val ITERATIONS_AT_THE_END = 40
    }
}
