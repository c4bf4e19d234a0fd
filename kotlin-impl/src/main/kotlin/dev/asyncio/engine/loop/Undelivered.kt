package dev.asyncio.engine.loop

/** What waits in a loop, or for one, and has to be told when the loop will not come to it. */
internal fun interface Undelivered {
    /** Called once or not at all, on the thread that closed the loop or one that was too late for it. */
    fun loopClosed()

    /** For what waits for a loop: that has stopped, and may have been started again. Any thread. */
    fun loopStopped() = Unit
}
