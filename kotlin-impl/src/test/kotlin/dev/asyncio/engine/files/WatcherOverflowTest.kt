package dev.asyncio.engine.files

import dev.asyncio.VoidCoroutine
import dev.asyncio.engine.runningLoop
import dev.asyncio.files.FileChange
import dev.asyncio.support.Runs
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import java.nio.file.ClosedWatchServiceException
import java.nio.file.Path
import java.nio.file.StandardWatchEventKinds.ENTRY_CREATE
import java.nio.file.StandardWatchEventKinds.OVERFLOW
import java.nio.file.WatchEvent
import java.nio.file.WatchKey
import java.nio.file.WatchService
import java.nio.file.Watchable
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit

/** More changes than the system keeps, and more than the watcher keeps, on a system whose changes the test makes up. */
class WatcherOverflowTest {
    private val directory = Path.of("watched")

    @Test
    fun whatTheSystemLostIsReported() {
        val events = listOf(created("a"), Event(OVERFLOW, null))
        assertEquals(listOf("CREATED ${directory.resolve("a")}", "OVERFLOW $directory"), changes(events, limit = 10))
    }

    @Test
    fun whatNobodyTakesIsReportedAsOneOverflow() {
        val events = listOf("a", "b", "c", "d").map(::created)
        val expected =
            listOf("CREATED ${directory.resolve("a")}", "CREATED ${directory.resolve("b")}", "OVERFLOW $directory")
        assertEquals(expected, changes(events, limit = 2))
    }

    /** What a watcher tells of [events], which come all at once before the directory is gone. */
    private fun changes(events: List<WatchEvent<*>>, limit: Int): List<String> {
        val service = FakeService()
        val key = FakeKey(events)
        val watched = WatchedPaths(service, mapOf(key to listOf(WatchedPaths.Directory(directory, null))))
        service.keys.add(key)
        val found = ArrayList<String>()
        Runs.real(
            VoidCoroutine {
                val watcher = FileWatcherImpl(runningLoop(), watched, limit)
                while (watcher.advance().run()) found.add(watcher.current().toString())
                watcher.close().run()
            },
        )
        // The directory is gone in the end, or so the key says.
        return found.filter { it != FileChange(FileChange.Kind.DELETED, directory).toString() }
    }

    private fun created(name: String) = Event(ENTRY_CREATE, Path.of(name))

    private class Event<T>(private val kind: WatchEvent.Kind<T>, private val context: T?) : WatchEvent<T> {
        override fun kind() = kind

        override fun count() = 1

        override fun context() = context
    }

    private class FakeKey(private val events: List<WatchEvent<*>>) : WatchKey {
        override fun isValid() = false

        override fun pollEvents() = events

        override fun reset() = false

        override fun cancel() = Unit

        override fun watchable(): Watchable = throw UnsupportedOperationException()
    }

    private class FakeService : WatchService {
        val keys = LinkedBlockingQueue<WatchKey>()

        @Volatile private var closed = false

        override fun take(): WatchKey = poll() ?: throw ClosedWatchServiceException()

        override fun poll(): WatchKey? = if (closed) throw ClosedWatchServiceException() else keys.poll()

        override fun poll(timeout: Long, unit: TimeUnit) = poll()

        override fun close() {
            closed = true
        }
    }
}
