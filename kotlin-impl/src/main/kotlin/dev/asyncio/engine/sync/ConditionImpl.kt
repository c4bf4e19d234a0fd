package dev.asyncio.engine.sync

import dev.asyncio.Coroutine
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.currentLoop
import dev.asyncio.engine.await.currentTaskOrNull
import dev.asyncio.engine.tasks.callJava
import dev.asyncio.engine.tasks.isCancellation
import dev.asyncio.spi.ConditionPeer
import dev.asyncio.spi.LockPeer
import java.util.function.BooleanSupplier

/** asyncio's Condition, with [lock] of its own or shared with others. Loop thread only. */
internal class ConditionImpl(
    private val lock: Acquirable,
    private val waiters: Waiters = Waiters(),
) : LoopBound(),
    ConditionPeer,
    LockPeer by lock {
    override fun release() {
        checkThread()
        lock.release()
    }

    override fun waitForNotify(): Coroutine<Boolean> = Operation("Condition.waitForNotify") {
        awaitNotify()
        true
    }

    override fun waitFor(predicate: BooleanSupplier): Coroutine<Boolean> = Operation("Condition.waitFor($predicate)") {
        awaitUntil { callJava { predicate.asBoolean } }
        true
    }

    override fun notifyWaiters(n: Int) {
        checkThread()
        check(lock.locked()) { "cannot notify on un-acquired lock" }
        wake(n)
    }

    override fun notifyAllWaiters() = notifyWaiters(waiters.size)

    suspend fun awaitAcquire() = lock.awaitAcquire()

    suspend inline fun awaitUntil(predicate: () -> Boolean) {
        while (!predicate()) awaitNotify()
    }

    suspend fun awaitNotify() {
        check(lock.locked()) { "cannot wait on un-acquired lock" }
        val loop = bind(currentLoop())
        lock.release()
        try {
            try {
                waiters.stand(waiters.join(loop))
            } catch (e: Throwable) {
                throw reacquire() ?: e
            }
            reacquire()?.let { throw it }
        } catch (e: Throwable) {
            // It may have been notified before this. Another one is, instead: one wake-up too many is allowed, one too
            // few is not.
            wake(1)
            throw e
        }
    }

    /** Acquires the lock whatever happens; the last cancellation that came meanwhile, or null. */
    private suspend fun reacquire(): Throwable? {
        var cancellation: Throwable? = null
        while (true) {
            currentTaskOrNull()?.keepsCancellation()
            try {
                lock.awaitAcquire()
                return cancellation
            } catch (e: Throwable) {
                if (!e.isCancellation) throw e
                cancellation = e
            }
        }
    }

    private fun wake(n: Int) {
        var woken = 0
        while (woken < n && waiters.wakeNext()) woken++
    }

    override fun toString(): String = "<Condition ${if (lock.locked()) "locked" else "unlocked"}$waiters>"
}
