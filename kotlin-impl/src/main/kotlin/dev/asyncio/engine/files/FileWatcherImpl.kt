package dev.asyncio.engine.files

import dev.asyncio.Coroutine
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.NOT_NOW
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.QuickOperation
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.await.currentLoop
import dev.asyncio.engine.internal.ElementIterator
import dev.asyncio.engine.loop.Undelivered
import dev.asyncio.engine.runningLoop
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.shield
import dev.asyncio.engine.threads.deliver
import dev.asyncio.files.FileChange
import dev.asyncio.files.FileWatcher
import dev.asyncio.spi.NotOnAndroid
import java.nio.file.ClosedWatchServiceException
import java.util.concurrent.Callable
import java.util.concurrent.atomic.AtomicInteger

/** Changes of files, brought to the loop by a thread that waits for them. Loop thread only, but for [watch]. */
@NotOnAndroid
internal class FileWatcherImpl(
    private val loop: LoopImpl,
    private val watched: WatchedPaths,
    private val limit: Int = MAX_PENDING,
) : ElementIterator<FileChange>(),
    FileWatcher,
    Undelivered {
    private val pending = ArrayDeque<FileChange>()
    private val advancing = Advancing()
    private var waiter: FutureImpl<Unit>? = null
    private var isOver = false
    private var closing: FutureImpl<Unit>? = null

    private val thread = Thread(::watch, "asyncio-file-watcher-${NUMBERS.incrementAndGet()}").apply { isDaemon = true }

    init {
        loop.dependents.add(this)
        thread.start()
    }

    // ---- the thread

    private fun watch() {
        try {
            while (!watched.isEmpty) {
                val changes = watched.changes(watched.service.take())
                if (changes.isNotEmpty()) loop.deliver { receive(changes) }
            }
            watched.service.close() // nothing is left to watch
        } catch (_: ClosedWatchServiceException) {
            return
        } finally {
            loop.deliver(::end)
        }
    }

    private fun receive(changes: List<FileChange>) {
        if (closing != null) return
        for (change in changes) {
            if (pending.size < limit) {
                pending.addLast(change)
            } else {
                reportOverflow(change)
            }
        }
        wake()
    }

    /** Once for each directory is enough: whoever reads it looks at all of it. */
    private fun reportOverflow(lost: FileChange) {
        val directory = if (lost.kind() == FileChange.Kind.OVERFLOW) lost.path() else lost.path().parent ?: lost.path()
        val overflow = FileChange(FileChange.Kind.OVERFLOW, directory)
        for (i in pending.indices.reversed()) {
            if (i < limit) break
            if (pending[i] == overflow) return
        }
        pending.addLast(overflow)
    }

    private fun end() {
        isOver = true
        loop.dependents.remove(this)
        wake()
    }

    private fun wake() {
        waiter?.let { if (!it.done()) it.setResult(Unit) }
    }

    // ---- the iteration

    override fun advance(): Coroutine<Boolean> = advancing

    @NotOnAndroid
    private inner class Advancing : QuickOperation<Boolean>() {
        override fun now(): Any {
            check(runningLoop() === loop) { "${this@FileWatcherImpl} was opened on a different event loop" }
            check(waiter == null) { "${this@FileWatcherImpl} is running already: await one advance() at a time" }
            leaveElement()
            return take() ?: NOT_NOW
        }

        override suspend fun later(): Boolean {
            val waiter = FutureImpl<Unit>(loop).also { waiter = it }
            // A change may come at any time or never: a loop on virtual time is to wait for it all the same.
            loop.signalsExpected++
            try {
                awaitFuture(waiter)
            } finally {
                loop.signalsExpected--
                this@FileWatcherImpl.waiter = null
            }
            return take() == true
        }

        override fun toString(): String = "watcher.advance"
    }

    /** Whether there is another change; null if it has to be waited for. */
    private fun take(): Boolean? {
        val next = pending.removeFirstOrNull() ?: return if (isOver || closing != null) false else null
        return found(next)
    }

    override fun close(): Coroutine<Void?> = Operation("watcher.close") {
        check(currentLoop() === loop) { "$this was opened on a different event loop" }
        val closing = closing ?: startClosing().also { closing = it }
        pending.clear()
        leaveElement()
        wake()
        awaitFuture(shield(closing))
        null
    }

    private fun startClosing(): FutureImpl<Unit> = loop.runInExecutor(
        null,
        Callable {
            watched.service.close()
            thread.join()
        },
    )

    override fun loopClosed() {
        loop.dependents.remove(this)
        watched.service.close()
    }

    override fun toString(): String = when {
        closing != null -> "<FileWatcher closed>"
        isOver -> "<FileWatcher over>"
        else -> "<FileWatcher>"
    }

    @NotOnAndroid
    private companion object {
        const val MAX_PENDING = 8192
        val NUMBERS = AtomicInteger()
    }
}
