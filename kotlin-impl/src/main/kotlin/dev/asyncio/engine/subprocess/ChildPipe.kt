package dev.asyncio.engine.subprocess

import dev.asyncio.spi.NotOnAndroid
import java.io.Closeable
import java.io.File
import java.nio.channels.SelectableChannel

/** A pipe between the loop, which has the end [ours], and a process that is going to open the other one, by [file]. */
@NotOnAndroid
internal class ChildPipe<E : SelectableChannel>(val ours: E, private val theirs: SelectableChannel) : Closeable {
    /** Opened, it is a descriptor of its own for the same pipe, which blocks. */
    lateinit var file: File
        private set

    /** Whether there is such a file. */
    fun locate(search: DescriptorSearch): Boolean {
        file = File("/proc/self/fd", search.numberOf(theirs) ?: return false)
        return true
    }

    /** The process has its end. As long as this one has it, too, there is no end of the stream. */
    fun handOver() = theirs.close()

    override fun close() {
        theirs.close()
        ours.close()
    }
}
