package dev.asyncio.engine.subprocess

import dev.asyncio.engine.LoopImpl
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.subprocess.Stdio
import dev.asyncio.subprocess.SubprocessOptions
import java.io.Closeable
import java.io.FileInputStream
import java.io.FileOutputStream
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.channels.Pipe
import java.nio.file.DirectoryIteratorException

/**
 * The pipes of a process that is about to start, as channels, which a selector can watch. The JDK makes pipes of its own,
 * which only a thread can wait for, unless it is given files: so these are given by their names in `/proc`.
 */
@NotOnAndroid
internal class ChannelPipes private constructor() : Closeable {
    var stdin: ChildPipe<Pipe.SinkChannel>? = null
        private set
    var stdout: ChildPipe<Pipe.SourceChannel>? = null
        private set
    var stderr: ChildPipe<Pipe.SourceChannel>? = null
        private set

    private val all get() = listOfNotNull(stdin, stdout, stderr)

    private fun open(stdin: Boolean, stdout: Boolean, stderr: Boolean) {
        if (stdin) this.stdin = Pipe.open().let { ChildPipe(it.sink(), it.source()) }
        if (stdout) this.stdout = Pipe.open().let { ChildPipe(it.source(), it.sink()) }
        if (stderr) this.stderr = Pipe.open().let { ChildPipe(it.source(), it.sink()) }
        for (pipe in all) pipe.ours.configureBlocking(false)
    }

    /** The process has started. */
    fun handOver() = all.forEach { it.handOver() }

    override fun close() = all.forEach { it.close() }

    @NotOnAndroid
    companion object {
        private val opening = Any()

        /** Only tests set it. */
        @Volatile
        var isEnabled = true

        private val isPossible: Boolean by lazy(::works)

        /** For the streams that are to be pipes; null if there are none, or none that [loop] can watch. */
        fun openFor(loop: LoopImpl, options: SubprocessOptions): ChannelPipes? {
            val stdin = options.stdin().kind() == Stdio.Kind.PIPE
            val stdout = options.stdout().kind() == Stdio.Kind.PIPE
            val stderr = options.stderr().kind() == Stdio.Kind.PIPE
            if (!isEnabled || loop.whyNoChannels != null) return null
            if (!(stdin || stdout || stderr) || !isPossible) return null
            return openOrNull(stdin, stdout, stderr)
        }

        /** Null too if there are too many open files: what is tried instead then says so. */
        private fun openOrNull(stdin: Boolean, stdout: Boolean, stderr: Boolean): ChannelPipes? {
            val pipes = ChannelPipes()
            var located = false
            try {
                // One at a time, so that there are few new descriptors to choose from.
                synchronized(opening) {
                    DescriptorSearch().use { search ->
                        pipes.open(stdin, stdout, stderr)
                        located = pipes.all.all { it.locate(search) }
                    }
                }
            } catch (_: IOException) {
                return null
            } catch (_: DirectoryIteratorException) {
                return null
            } catch (_: SecurityException) {
                return null
            } finally {
                if (!located) pipes.close()
            }
            return if (located) pipes else null
        }

        /** Tries it: there are systems with another `/proc`, and processes that may not open what is theirs. */
        private fun works(): Boolean {
            val pipes = openOrNull(stdin = true, stdout = true, stderr = false) ?: return false
            return pipes.use {
                try {
                    canBeRead(pipes.stdin!!) && canBeWritten(pipes.stdout!!)
                } catch (_: IOException) {
                    false
                } catch (_: SecurityException) {
                    false
                }
            }
        }

        private fun canBeRead(pipe: ChildPipe<Pipe.SinkChannel>): Boolean = FileInputStream(pipe.file).use {
            pipe.ours.write(ByteBuffer.allocate(1)) == 1 && it.available() == 1
        }

        private fun canBeWritten(pipe: ChildPipe<Pipe.SourceChannel>): Boolean = FileOutputStream(pipe.file).use {
            it.write(0)
            pipe.ours.read(ByteBuffer.allocate(1)) == 1
        }
    }
}
