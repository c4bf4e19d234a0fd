package dev.asyncio.engine.io

import dev.asyncio.EventLoop
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.impl
import dev.asyncio.engine.loop.HandleImpl
import dev.asyncio.spi.NotOnAndroid
import java.nio.channels.SelectableChannel

/** `add_reader` and its like, on channels that are the user's own. Loop thread only. */
@NotOnAndroid
internal object Readiness {
    fun addReader(loop: EventLoop, channel: SelectableChannel, callback: Runnable) {
        val impl = checked(loop)
        require(channel.validOps() and Watch.READING != 0) { "the channel cannot be read: $channel" }
        ownWatch(impl, channel).setReader(impl.newIoHandle(callback))
    }

    fun addWriter(loop: EventLoop, channel: SelectableChannel, callback: Runnable) {
        val impl = checked(loop)
        require(channel.validOps() and Watch.WRITING != 0) { "the channel cannot be written: $channel" }
        ownWatch(impl, channel).setWriter(impl.newIoHandle(callback))
    }

    fun removeReader(loop: EventLoop, channel: SelectableChannel): Boolean {
        val watch = watchToChange(loop, channel) ?: return false
        val removed = watch.setReader(null)
        releaseIfIdle(loop.impl(), watch)
        return removed
    }

    fun removeWriter(loop: EventLoop, channel: SelectableChannel): Boolean {
        val watch = watchToChange(loop, channel) ?: return false
        val removed = watch.setWriter(null)
        releaseIfIdle(loop.impl(), watch)
        return removed
    }

    private fun checked(loop: EventLoop): LoopImpl {
        val impl = loop.impl()
        check(!impl.isClosed()) { "Event loop is closed" }
        impl.checkThread()
        return impl
    }

    /** As CPython: a closed loop is no error, there is just nothing to remove. */
    private fun watchToChange(loop: EventLoop, channel: SelectableChannel): Watch? {
        val impl = loop.impl()
        if (impl.isClosed()) return null
        impl.checkThread()
        val watch = (impl.poller as SelectorPoller?)?.watchOrNull(channel) ?: return null
        checkFree(watch)
        return watch
    }

    fun releaseIfIdle(loop: LoopImpl, watch: Watch) {
        if (watch.isIdle) (loop.poller as SelectorPoller).release(watch)
    }

    /** The watch of a channel that no transport uses. */
    fun ownWatch(loop: LoopImpl, channel: SelectableChannel): Watch =
        SelectorPoller.of(loop).watch(channel).also(::checkFree)

    /** That no transport uses [channel]. */
    fun checkFree(loop: LoopImpl, channel: SelectableChannel) {
        SelectorPoller.of(loop).watchOrNull(channel)?.let(::checkFree)
    }

    private fun checkFree(watch: Watch) {
        val owner = watch.owner ?: return
        throw IllegalStateException("the channel ${watch.channel} is used by $owner")
    }
}

internal fun LoopImpl.newIoHandle(callback: Runnable): HandleImpl =
    HandleImpl(this, callback, null, callerCell.vars)
