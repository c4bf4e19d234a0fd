package dev.asyncio.engine.sync

import dev.asyncio.BrokenBarrierException
import dev.asyncio.Coroutine
import dev.asyncio.engine.await.Operation
import dev.asyncio.spi.BarrierPeer

/** asyncio's Barrier. Loop thread only. */
internal class BarrierImpl(
    private val parties: Int,
    private val condition: ConditionImpl = ConditionImpl(LockImpl()),
) : BarrierPeer {
    /*
     * FILLING   --the last party arrives--> DRAINING --the last one goes on--> FILLING
     * FILLING   --reset while some wait--> RESETTING --the last of them has failed--> FILLING
     * any       --abort--> BROKEN --reset--> RESETTING if some are still to fail, else FILLING
     *
     * While it is DRAINING or RESETTING, newcomers wait outside and are not counted.
     */
    private enum class State { FILLING, DRAINING, RESETTING, BROKEN }

    private var state = State.FILLING

    /** Tasks that have arrived and not gone on. */
    private var count = 0

    override fun parties(): Int = parties

    override fun nWaiting(): Int = if (state == State.FILLING) count else 0

    override fun broken(): Boolean = state == State.BROKEN

    override fun arrive(): Coroutine<Int> = Operation("Barrier.arrive") { awaitArrivals() }

    suspend fun awaitArrivals(): Int = withCondition {
        condition.awaitUntil { state != State.DRAINING && state != State.RESETTING }
        if (state == State.BROKEN) throw BrokenBarrierException("Barrier aborted")
        val index = count++
        try {
            if (index + 1 == parties) {
                state = State.DRAINING
                condition.notifyAllWaiters()
            } else {
                condition.awaitUntil { state != State.FILLING }
                if (state != State.DRAINING) throw BrokenBarrierException("Abort or reset of barrier")
            }
        } finally {
            count--
            if (count == 0) emptied()
        }
        index
    }

    private fun emptied() {
        if (state != State.BROKEN) state = State.FILLING
        condition.notifyAllWaiters()
    }

    override fun reset(): Coroutine<Void?> = Operation("Barrier.reset") {
        withCondition {
            state = if (count > 0) State.RESETTING else State.FILLING
            condition.notifyAllWaiters()
        }
        null
    }

    override fun abort(): Coroutine<Void?> = Operation("Barrier.abort") {
        withCondition {
            state = State.BROKEN
            condition.notifyAllWaiters()
        }
        null
    }

    private suspend inline fun <T> withCondition(body: () -> T): T {
        condition.awaitAcquire()
        try {
            return body()
        } finally {
            condition.release()
        }
    }

    override fun toString(): String {
        val waiters = if (broken()) "" else ", waiters=${nWaiting()}/$parties"
        return "<Barrier ${state.name.lowercase()}$waiters>"
    }
}
