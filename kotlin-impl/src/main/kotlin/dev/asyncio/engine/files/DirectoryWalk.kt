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
import dev.asyncio.engine.tasks.shield
import dev.asyncio.spi.NotOnAndroid
import java.io.UncheckedIOException
import java.nio.file.Files
import java.nio.file.Path
import java.util.stream.Stream

/** The paths below [start], fetched some at a time. Loop thread only, but for [load] and [end]. */
@NotOnAndroid
internal class DirectoryWalk(private val start: Path, private val maxDepth: Int) :
    ElementIterator<Path>(),
    Undelivered {
    private val advancing = Advancing()
    private var jobs: FileJobs? = null
    private lateinit var loop: LoopImpl

    // By one thread at a time: the loop's while no job runs. A loop that is closed waits for the one that does.
    private val loaded = ArrayDeque<Path>()
    private var stream: Stream<Path>? = null
    private var paths: Iterator<Path>? = null
    private var isOver = false

    /** What it ended with, to be thrown behind what is loaded. */
    private var failure: Throwable? = null

    override fun advance(): Coroutine<Boolean> = advancing

    @NotOnAndroid
    private inner class Advancing : QuickOperation<Boolean>() {
        override fun now(): Any {
            leaveElement()
            check(jobs?.isIdle != false) { "$this is running already: await one advance() at a time" }
            return take() ?: NOT_NOW
        }

        override suspend fun later(): Boolean {
            val jobs = jobs ?: newJobs(currentLoop())
            jobs.run { load() }
            return take() == true
        }

        override fun toString(): String = "walk of $start"
    }

    private fun newJobs(loop: LoopImpl): FileJobs {
        this.loop = loop
        return FileJobs(loop).also { jobs = it }
    }

    /** Whether there is another element; null if nobody knows yet. */
    private fun take(): Boolean? {
        loaded.removeFirstOrNull()?.let { return found(it) }
        failure?.let {
            failure = null
            throw it
        }
        return if (isOver) false else null
    }

    @Synchronized
    private fun load() {
        if (isOver) return
        try {
            val paths = paths ?: open()
            while (loaded.size < BATCH && paths.hasNext()) loaded.addLast(paths.next())
            if (loaded.size < BATCH || loop.isClosed()) end()
        } catch (e: Throwable) {
            end()
            failure = if (e is UncheckedIOException) e.cause!! else e
        }
    }

    private fun open(): Iterator<Path> {
        val opened = Files.walk(start, maxDepth)
        stream = opened
        loop.dependents.add(this)
        return opened.iterator().also { paths = it }
    }

    @Synchronized
    private fun end() {
        isOver = true
        paths = null
        val opened = stream ?: return
        stream = null
        loop.dependents.remove(this)
        opened.close()
    }

    /** Whoever has left it in the middle does not close it any more, and the system's part of it is not collected. */
    override fun loopClosed() = end()

    override fun close(): Coroutine<Void?> = Operation("walk.close") {
        val jobs = jobs
        if (jobs == null) isOver = true
        if (jobs != null && !(jobs.isIdle && isOver)) awaitFuture(shield(jobs.submitIrrevocable { end() }))
        loaded.clear()
        failure = null
        leaveElement()
        null
    }

    override fun toString(): String = "<walk of $start>"

    @NotOnAndroid
    private companion object {
        const val BATCH = 256
    }
}
