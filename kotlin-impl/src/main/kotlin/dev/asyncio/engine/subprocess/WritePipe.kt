package dev.asyncio.engine.subprocess

import java.nio.ByteBuffer

/** The end of a pipe that a [WritePipeTransport] writes to. Loop thread only. */
internal interface WritePipe {
    /** What users know it as. */
    val end: Any

    /** How many of the bytes that it was given are not in the pipe yet. */
    val unsent: Long

    /** To be called before the first [write]. */
    fun open(listener: Listener)

    /** Takes all of [data]. If the pipe is broken, that may be told from inside of this call. */
    fun write(data: ByteBuffer)

    /** Drops what is unsent, and tells nothing from now on. */
    fun abort()

    /** Closes the pipe when all is in it, or was dropped. Before [open], any thread may call it. */
    fun close()

    /** Told on the loop. */
    interface Listener {
        /** There is less [unsent] than before. */
        fun written()

        /** The last call: writing fails, and what was unsent is dropped. */
        fun failed(error: Throwable)
    }
}
