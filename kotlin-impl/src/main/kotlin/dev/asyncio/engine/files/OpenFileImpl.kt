package dev.asyncio.engine.files

import dev.asyncio.Coroutine
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.NOT_NOW
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.QuickOperation
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.await.awaitSuspending
import dev.asyncio.engine.await.currentLoop
import dev.asyncio.engine.internal.ElementIterator
import dev.asyncio.engine.runningLoop
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.shield
import dev.asyncio.files.FileMode
import dev.asyncio.files.OpenFile
import dev.asyncio.spi.NotOnAndroid
import java.nio.file.Path

/** A file as a loop sees it: its operations stand in line for the one that blocks. Loop thread only. */
@NotOnAndroid
internal abstract class OpenFileImpl(
    private val loop: LoopImpl,
    protected val bytes: ByteFile,
    private val mode: FileMode,
) : OpenFile {
    private val jobs = FileJobs(loop)
    private var closing: FutureImpl<Unit>? = null

    override fun path(): Path = bytes.path

    override fun mode(): FileMode = mode

    override fun isClosed(): Boolean = closing != null

    // ---- the position

    /** Where the file is, for a read that has to be undone; called by the job that reads. */
    protected abstract fun mark(): () -> Unit

    /** Blocks. */
    protected abstract fun tellNow(): Long

    /** Blocks. */
    protected abstract fun seekNow(position: Long): Long

    /** Drops what was decoded ahead. Blocks. */
    protected abstract fun settleNow()

    override fun seek(position: Long): Coroutine<Long> {
        require(position >= 0) { "cannot seek to a negative position: $position" }
        return Blocking("seek") { seekNow(position) }
    }

    override fun seekToEnd(): Coroutine<Long> = Blocking("seekToEnd") { naming(path()) { seekNow(bytes.size) } }

    override fun tell(): Coroutine<Long> = Blocking("tell") { tellNow() }

    // ---- the file as a whole

    override fun size(): Coroutine<Long> = Blocking("size") { naming(path()) { bytes.size } }

    override fun truncate(): Coroutine<Long> = Blocking("truncate", ::checkWritable) {
        settleNow()
        bytes.truncate(bytes.position)
    }

    override fun truncate(size: Long): Coroutine<Long> {
        require(size >= 0) { "cannot truncate to a negative size: $size" }
        return Blocking("truncate", ::checkWritable) {
            settleNow()
            bytes.truncate(size)
        }
    }

    /** There is no buffer to empty: it is enough to stand in line behind what writes. */
    override fun flush(): Coroutine<Void?> = Blocking("flush") { null }

    override fun sync(): Coroutine<Void?> = Blocking("sync") {
        bytes.sync()
        null
    }

    override fun close(): Coroutine<Void?> = Operation("$this.close") {
        checkLoop(currentLoop())
        val closing = closing ?: jobs.submitIrrevocable { bytes.close() }.also { closing = it }
        awaitFuture(shield(closing))
        null
    }

    // ---- what operations have in common

    protected fun checkReadable() {
        if (!mode.isReadable) {
            throw UnsupportedOperationException(
                "${path()} is not open for reading: mode ${mode.symbol()}",
            )
        }
    }

    protected fun checkWritable() {
        if (!mode.isWritable) {
            throw UnsupportedOperationException(
                "${path()} is not open for writing: mode ${mode.symbol()}",
            )
        }
    }

    private fun checkLoop(current: LoopImpl) = check(current === loop) { "$this was opened on a different event loop" }

    private fun checkUsable(checkMode: () -> Unit) {
        checkLoop(runningLoop())
        check(!isClosed) { "the file ${path()} is closed" }
        checkMode()
    }

    /** An operation that is a job in any case. */
    @NotOnAndroid
    protected inner class Blocking<T>(
        private val name: String,
        private val checkMode: () -> Unit = {},
        private val work: () -> T,
    ) : QuickOperation<T>() {
        override fun now(): Any? {
            checkUsable(checkMode)
            return NOT_NOW
        }

        override suspend fun later(): T = jobs.run(work = work)

        override fun toString(): String = "$name of ${path()}"
    }

    /** As [Blocking], with something to [take] along when it is awaited. */
    protected fun <A, T> blockingWith(name: String, take: () -> A, work: (A) -> T): Coroutine<T> = Operation(name) {
        checkUsable(::checkWritable)
        val taken = take()
        jobs.run { work(taken) }
    }

    /** An operation that reads; [ahead] is what was read before, null if that is not enough. */
    @NotOnAndroid
    protected inner class Reading<T : Any>(
        private val ahead: () -> T?,
        private val work: () -> T,
    ) : QuickOperation<T>() {
        override fun now(): Any {
            checkUsable(::checkReadable)
            if (!jobs.isIdle) return NOT_NOW
            return ahead() ?: NOT_NOW
        }

        override suspend fun later(): T {
            // Written by the executor's thread before the job's result, which the loop's thread reads first.
            var goBack: (() -> Unit)? = null
            return jobs.run(undo = { goBack?.invoke() }) {
                goBack = mark()
                work()
            }
        }

        override fun toString(): String = "read of ${path()}"
    }

    /** The elements that [read] gives until one [isEnd]. */
    @NotOnAndroid
    protected class Lines<T : Any>(
        private val read: Coroutine<T>,
        private val isEnd: (T) -> Boolean,
    ) : ElementIterator<T>() {
        override fun advance(): Coroutine<Boolean> = Operation("lines.advance") {
            leaveElement()
            val line = awaitSuspending(read)
            !isEnd(line) && found(line)
        }
    }

    override fun toString(): String {
        val kind = javaClass.simpleName.removeSuffix("Impl")
        return "<$kind ${path()} mode=${mode.symbol()}${if (isClosed) " closed" else ""}>"
    }
}
