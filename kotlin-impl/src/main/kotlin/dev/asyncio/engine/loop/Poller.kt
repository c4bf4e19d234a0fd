package dev.asyncio.engine.loop

/**
 * Finds out which of a loop's channels are ready, and can wait for one. What it finds it keeps until [dispatchTo].
 * Holder of the baton only, but for [wakeup].
 */
internal interface Poller {
    /** Whether there is anything to wait for; if not, the loop parks as if there were no poller. */
    val isWatching: Boolean

    /** Looks, and does not wait. */
    fun selectNow()

    /**
     * Waits until a channel is ready, [wakeup] is called or [nanos] have passed ([Long.MAX_VALUE]: no limit); may
     * return early.
     */
    fun select(nanos: Long)

    /** Any thread: ends the wait that goes on, or else the next one as soon as it begins. */
    fun wakeup()

    /** Queues the callbacks of what was found. */
    fun dispatchTo(ready: ReadyQueue)

    /** The loop is closed, and with it what belongs to it. */
    fun close()
}
