package dev.asyncio.engine

import dev.asyncio.engine.queues.FifoStore
import dev.asyncio.engine.queues.LifoStore
import dev.asyncio.engine.queues.PriorityStore
import dev.asyncio.engine.queues.QueueImpl
import dev.asyncio.engine.sync.Acquirable
import dev.asyncio.engine.sync.BarrierImpl
import dev.asyncio.engine.sync.ConditionImpl
import dev.asyncio.engine.sync.EventImpl
import dev.asyncio.engine.sync.LockImpl
import dev.asyncio.engine.sync.SemaphoreImpl
import dev.asyncio.spi.BarrierPeer
import dev.asyncio.spi.ConditionPeer
import dev.asyncio.spi.EventPeer
import dev.asyncio.spi.LockPeer
import dev.asyncio.spi.QueuePeer
import dev.asyncio.spi.SyncProvider

/** Makes locks and queues. Thread-safe; what it makes is not. */
internal object SyncFactory : SyncProvider {
    override fun newLock(): LockPeer = LockImpl()

    override fun newEvent(): EventPeer = EventImpl()

    override fun newCondition(lock: LockPeer?): ConditionPeer = ConditionImpl(lock as Acquirable? ?: LockImpl())

    override fun newSemaphore(value: Int): LockPeer = SemaphoreImpl(value)

    override fun newBoundedSemaphore(value: Int): LockPeer = SemaphoreImpl(value, bound = value)

    override fun newBarrier(parties: Int): BarrierPeer = BarrierImpl(parties)

    override fun <T> newQueue(maxsize: Int): QueuePeer<T> = QueueImpl(maxsize, FifoStore())

    override fun <T> newLifoQueue(maxsize: Int): QueuePeer<T> = QueueImpl(maxsize, LifoStore())

    override fun <T> newPriorityQueue(maxsize: Int, comparator: Comparator<in T>?): QueuePeer<T> =
        QueueImpl(maxsize, PriorityStore(comparator))
}
