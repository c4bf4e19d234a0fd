package dev.asyncio.engine.subprocess

/** The end of a pipe that a [ReadPipeTransport] reads from. Loop thread only. */
internal interface ReadPipe {
    /** What users know it as. */
    val end: Any

    /** Begins to read, unless it is paused. */
    fun open(listener: Listener)

    /** Nothing is told until [resume]. */
    fun pause()

    fun resume()

    /** Nothing is told from now on. Before [open], any thread may call it. */
    fun close()

    /** Told on the loop. */
    interface Listener {
        /** Gets what was read, in an array of its own. */
        fun received(bytes: ByteArray)

        /** The last call: there is no more to read, or reading fails with [error]. */
        fun ended(error: Throwable?)
    }
}
