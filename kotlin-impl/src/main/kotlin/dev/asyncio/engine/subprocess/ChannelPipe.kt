package dev.asyncio.engine.subprocess

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.io.ChannelOwner
import dev.asyncio.engine.io.SelectorPoller
import dev.asyncio.engine.io.Watch
import dev.asyncio.spi.NotOnAndroid
import java.nio.channels.SelectableChannel

/** The loop's end of a pipe, which its selector watches from [startWatching] on. Loop thread only. */
@NotOnAndroid
internal abstract class ChannelPipe<C : SelectableChannel>(
    protected val loop: LoopImpl,
    protected val channel: C,
) : ChannelOwner {
    protected var watch: Watch? = null
        private set

    /** What users know it as. */
    val end: Any get() = channel

    protected fun startWatching() {
        watch = SelectorPoller.of(loop).watch(channel).also { it.owner = this }
    }

    /** Before it is watched, any thread may call it. */
    fun close() {
        watch?.let { return SelectorPoller.of(loop).close(it, atOnce = false) }
        channel.close()
    }

    override fun loopClosed() = channel.close()

    override fun toString(): String = "a process' pipe"
}
