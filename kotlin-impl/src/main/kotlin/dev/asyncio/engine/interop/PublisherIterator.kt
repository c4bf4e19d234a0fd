package dev.asyncio.engine.interop

import dev.asyncio.Coroutine
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.awaitFuture
import dev.asyncio.engine.await.currentLoop
import dev.asyncio.engine.internal.ElementIterator
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.asCancellationException
import dev.asyncio.engine.tasks.outOfBody
import dev.asyncio.engine.threads.deliver
import java.util.concurrent.Flow

/**
 * A publisher of the JDK as an iterator. It is asked for [batch] elements when an advance finds that none is to come.
 * One that has one element at most, [isMono], is asked once, and left alone when it has sent that. Loop thread only,
 * but for the [Subscriber], which any thread may call.
 *
 * It should not matter to a publisher whether it is asked again after its last element, or cancelled, but to R2DBC's
 * pool it does: it lends one more connection to nobody, or takes back the one that is in use.
 */
internal class PublisherIterator<T : Any>(
    private val publisher: Flow.Publisher<out T>,
    private val batch: Long = 1,
    private val isMono: Boolean = false,
) : ElementIterator<T>() {
    /*
     * CREATED --advance--> SUBSCRIBING --onSubscribe--> SUBSCRIBED
     * any --onComplete, onError, a broken rule, close--> FINISHED
     *
     * While elements are [awaited] somebody waits for [arrival], unless the advance was cancelled: it leaves the
     * element that it asked for to the next one.
     */
    private enum class State { CREATED, SUBSCRIBING, SUBSCRIBED, FINISHED }

    private var state = State.CREATED
    private var loop: LoopImpl? = null
    private var subscription: Flow.Subscription? = null
    private var arrival: FutureImpl<Boolean>? = null

    /** How many elements the publisher has been asked for and has not sent. */
    private var awaited = 0L

    /** Elements that came before an advance for them, or for one that was cancelled. */
    private val early = ArrayDeque<T>(1)

    private var hasSent = false

    /** What was sent did not reach whoever wanted it. */
    private var isRefused = false

    /** What the publisher failed with while nobody waited. */
    private var failure: Throwable? = null

    override fun advance(): Coroutine<Boolean> = Operation("publisher.advance") { next() }

    private suspend fun next(): Boolean {
        check(arrival == null) { "$this is being advanced already: await one advance() at a time" }
        leaveElement()
        val loop = currentLoop()
        check(this.loop == null || this.loop === loop) { "$this is bound to a different event loop" }
        this.loop = loop
        if (early.isNotEmpty()) return found(early.removeFirst())
        if (state == State.FINISHED) {
            val error = failure ?: return false
            failure = null
            throw error.asCancellationException()
        }
        val arriving = FutureImpl<Boolean>(loop)
        arrival = arriving
        loop.signalsExpected++
        try {
            ask(loop)
            return awaitFuture(arriving)
        } catch (e: Throwable) {
            if (!arriving.cancelled()) takeBack(arriving, e)
            throw e
        } finally {
            loop.signalsExpected--
            arrival = null
        }
    }

    /** The advance was cancelled in the very step in which something arrived for it: the next one gets it. */
    private fun takeBack(arriving: FutureImpl<Boolean>, error: Throwable) {
        if (arriving.isFailed) {
            val arrived = arriving.takeFailure()
            if (arrived !== error.outOfBody()) failure = arrived
        } else if (hasElement) {
            early.addFirst(current())
            leaveElement()
        }
    }

    private fun ask(loop: LoopImpl) {
        when (state) {
            State.CREATED -> {
                state = State.SUBSCRIBING
                try {
                    publisher.subscribe(Subscriber(loop))
                } catch (e: Throwable) {
                    broken("threw from subscribe()", e)
                }
            }
            State.SUBSCRIBED -> if (awaited == 0L) request()
            else -> Unit // an advance that was cancelled has asked already
        }
    }

    private fun request() {
        awaited = batch
        try {
            subscription!!.request(batch)
        } catch (e: Throwable) {
            broken("threw from request()", e)
        }
    }

    override fun close(): Coroutine<Void?> = Operation("publisher.close") {
        finish()
        null
    }

    /** Closes it, and what it has brought was not used. Any thread that was on the loop in between. */
    fun refuse() {
        loop?.runOnLoop {
            isRefused = true
            finish()
        }
    }

    private fun finish() {
        val cancelled = subscription?.takeIf { isToBeCancelled() }
        state = State.FINISHED
        subscription = null
        failure = null
        early.clear()
        arrival?.let { if (!it.done()) it.setResult(false) }
        cancelled?.cancel()
    }

    private fun isToBeCancelled(): Boolean = when {
        state == State.FINISHED -> false
        isMono && hasSent -> isRefused || early.isNotEmpty()
        else -> true
    }

    // ---- what the publisher says, in the order in which it said it

    private fun subscribed(subscription: Flow.Subscription) {
        if (this.subscription != null || state != State.SUBSCRIBING) {
            subscription.cancel() // a second one, or one that comes too late
            return
        }
        this.subscription = subscription
        state = State.SUBSCRIBED
        if (arrival?.isPending == true) request()
    }

    private fun arrived(item: T) {
        if (state == State.FINISHED) return
        if (awaited == 0L) return broken("sent an element that nobody asked for", null)
        awaited--
        hasSent = true
        val arriving = arrival
        if (arriving == null || arriving.done()) {
            early.addLast(item)
        } else {
            found(item)
            arriving.setResult(true)
        }
    }

    private fun ended(error: Throwable?) {
        if (state == State.FINISHED) return
        state = State.FINISHED
        val arriving = arrival
        when {
            arriving == null || arriving.done() -> failure = error
            error != null -> arriving.fail(error)
            else -> arriving.setResult(false)
        }
    }

    private fun broken(what: String, cause: Throwable?) {
        if (state == State.FINISHED) return
        val broken = subscription
        subscription = null
        ended(IllegalStateException("The publisher $publisher $what", cause))
        broken?.cancel()
    }

    /** Any thread; what it is told becomes a handle of the loop, in the order in which it is told. */
    private inner class Subscriber(private val loop: LoopImpl) : Flow.Subscriber<T> {
        override fun onSubscribe(subscription: Flow.Subscription?) {
            if (subscription == null) refuseNull("subscription")
            loop.deliver { subscribed(subscription) }
        }

        override fun onNext(item: T?) {
            if (item == null) refuseNull("element")
            loop.deliver { arrived(item) }
        }

        override fun onError(throwable: Throwable?) {
            if (throwable == null) refuseNull("error")
            loop.deliver { ended(throwable) }
        }

        /** An exception for the publisher, as Flow demands, and one for those who wait. */
        private fun refuseNull(what: String): Nothing {
            loop.deliver { broken("sent null as $what", null) }
            throw NullPointerException(what)
        }

        override fun onComplete() = loop.deliver { ended(null) }
    }

    override fun toString(): String = "<AsyncIterator of $publisher>"
}
