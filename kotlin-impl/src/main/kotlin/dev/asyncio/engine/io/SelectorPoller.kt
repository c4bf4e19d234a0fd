package dev.asyncio.engine.io

import dev.asyncio.Carrier
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.loop.BodyStack
import dev.asyncio.engine.loop.Poller
import dev.asyncio.engine.loop.ReadyQueue
import dev.asyncio.spi.NotOnAndroid
import java.nio.ByteBuffer
import java.nio.channels.ClosedChannelException
import java.nio.channels.IllegalBlockingModeException
import java.nio.channels.SelectableChannel
import java.nio.channels.SelectionKey
import java.nio.channels.Selector
import java.util.function.Consumer

/**
 * The selector of a loop. The loop's own driver selects: without waiting in every iteration that has something to run,
 * and waiting when it has not. Where a virtual thread would pin its carrier while it waits (before JDK 24), a thread of
 * the poller's waits in its place.
 *
 * Loop thread only, but for [wakeup].
 */
@NotOnAndroid
internal class SelectorPoller(private val loop: LoopImpl) :
    Poller,
    Consumer<SelectionKey> {
    private val selector: Selector = Selector.open()
    private val keys = selector.keys()
    private val found = ArrayList<Watch>()
    private var helper: SelectHelper? = null
    private val reads = LoanedBuffer { ByteBuffer.allocateDirect(READ_SIZE) }
    private val plains = LoanedBuffer { ByteBuffer.allocate(PLAIN_SIZE) }
    private val records = LoanedBuffer { ByteBuffer.allocate(RECORDS_SIZE) }

    /** For one read of a channel. */
    inline fun <T> withReadBuffer(block: (ByteBuffer) -> T): T = reads.lend(block)

    /** For what TLS has decrypted: at least one record. */
    inline fun <T> withPlainBuffer(block: (ByteBuffer) -> T): T = plains.lend(block)

    /** For what TLS has encrypted: at least one record. */
    inline fun <T> withRecordBuffer(block: (ByteBuffer) -> T): T = records.lend(block)

    /** Also while there is a key that was cancelled, which the selector has to look for. */
    override val isWatching: Boolean get() = keys.isNotEmpty()

    // ---- channels

    /** The watch of [channel], made if there is none. */
    fun watch(channel: SelectableChannel): Watch {
        watchOrNull(channel)?.takeIf { it.key.isValid }?.let { return it }
        val watch = Watch(channel)
        watch.key = register(channel, watch)
        return watch
    }

    /** The watch of [channel]; one that is closed or released keeps it until the selector has looked. */
    fun watchOrNull(channel: SelectableChannel): Watch? = channel.keyFor(selector)?.attachment() as Watch?

    private fun register(channel: SelectableChannel, watch: Watch): SelectionKey {
        // A key that was cancelled is in the way until the selector has looked.
        if (channel.keyFor(selector) != null) selectNow()
        return try {
            channel.register(selector, 0, watch)
        } catch (e: ClosedChannelException) {
            throw IllegalArgumentException("the channel is closed: $channel", e)
        } catch (e: IllegalBlockingModeException) {
            throw IllegalArgumentException(blocking(channel), e)
        }
    }

    /** Nobody wants [watch] any more: takes its channel out of the selector, so that it may be made blocking again. */
    fun release(watch: Watch) {
        forget(watch)
        watch.key.cancel()
    }

    /**
     * Takes [watch] out and closes its channel, at once: the system lets go of a channel in a selector only when the
     * selector has looked.
     */
    fun close(watch: Watch, atOnce: Boolean) {
        forget(watch)
        watch.channel.close()
        if (atOnce) selectNow()
    }

    /** Closes [channel], whether it is watched or not. */
    fun close(channel: SelectableChannel) {
        watchOrNull(channel)?.let { return close(it, atOnce = false) }
        channel.close()
    }

    private fun forget(watch: Watch) {
        watch.setReader(null)
        watch.setWriter(null)
        watch.owner = null
    }

    // ---- waiting

    override fun selectNow() {
        if (isWatching) selector.selectNow(this)
    }

    override fun select(nanos: Long) {
        if (nanos <= 0) {
            selector.selectNow(this)
        } else if (mustNotPin && loop.driver is BodyStack) {
            (helper ?: SelectHelper(selector).also { helper = it }).await(nanos)
            selector.selectNow(this)
        } else {
            selector.select(this, if (nanos == Long.MAX_VALUE) 0L else toMillis(nanos))
        }
    }

    private val mustNotPin: Boolean get() = helpedCarrier == loop.stacks.carrier.kind

    override fun wakeup() {
        selector.wakeup()
    }

    /** The selector has found [key] ready. */
    override fun accept(key: SelectionKey) {
        val watch = key.attachment() as Watch
        val ops = watch.readyOpsOfKey()
        if (watch.readyOps == 0 && ops != 0) found.add(watch)
        watch.readyOps = watch.readyOps or ops
    }

    override fun dispatchTo(ready: ReadyQueue) {
        val count = found.size
        if (count == 0) return
        for (i in 0 until count) {
            val watch = found[i]
            val ops = watch.readyOps
            watch.readyOps = 0
            if (ops and Watch.READING != 0) watch.reader?.let(ready::add)
            if (ops and Watch.WRITING != 0) watch.writer?.let(ready::add)
        }
        found.clear()
    }

    override fun close() {
        for (key in keys.toList()) {
            val watch = key.attachment() as Watch
            val owner = watch.owner
            when {
                owner != null -> owner.loopClosed()
                watch.isForOwner -> watch.channel.close()
            }
        }
        helper?.close()
        selector.close()
    }

    companion object {
        /** What CPython reads at most at a time. */
        private const val READ_SIZE = 256 * 1024
        private const val PLAIN_SIZE = 64 * 1024
        private const val RECORDS_SIZE = 128 * 1024
        private const val NANOS_PER_MILLI = 1_000_000L

        /** The carrier on which a select would pin: virtual threads that the loop does not schedule, before JDK 24. */
        @Volatile
        var helpedCarrier: Carrier? = if (Runtime.version().feature() < 24) Carrier.VIRTUAL else null

        /** Rounded up, as CPython does: a timer may be late, but the loop must not spin until it is due. */
        private fun toMillis(nanos: Long): Long =
            nanos / NANOS_PER_MILLI + if (nanos % NANOS_PER_MILLI == 0L) 0 else 1

        /** The poller of [loop], made at the first call. */
        fun of(loop: LoopImpl): SelectorPoller {
            loop.poller?.let { return it as SelectorPoller }
            check(!loop.isClosed()) { "Event loop is closed" }
            loop.whyNoChannels?.let { throw UnsupportedOperationException(it) }
            return SelectorPoller(loop).also { loop.poller = it }
        }

        fun blocking(channel: SelectableChannel): String =
            "the channel must be non-blocking, call configureBlocking(false) first: $channel"
    }
}
