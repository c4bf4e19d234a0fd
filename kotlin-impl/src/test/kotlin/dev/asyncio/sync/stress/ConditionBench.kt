package dev.asyncio.sync.stress

import dev.asyncio.engine.sync.ConditionImpl
import dev.asyncio.engine.sync.LockImpl
import dev.asyncio.engine.sync.Waiters
import dev.asyncio.engine.sync.WakeOrder

/**
 * A condition that guards a stock of goods. Whoever has waited has the lock again, whatever came meanwhile; and as long
 * as somebody waits, those on their way are as many as the goods.
 */
internal class ConditionBench(
    round: Round,
    private val lockLine: Waiters = Waiters(WakeOrder.HEAD_ONLY),
    private val line: Waiters = Waiters(),
) : Bench(round, "Condition") {
    private val lock = LockImpl(lockLine)
    private val condition = ConditionImpl(lock, line)
    private val lockWatch = LineWatch(this, round, lockLine)
    private val watch = LineWatch(this, round, line)
    private val acquiring = Calls()
    private val waiting = Calls()
    private var owner: Actor? = null
    private var stock = 0

    override suspend fun use(actor: Actor) {
        acquiring.during(actor) {
            actor.body.await(condition.acquire())
            acquired(actor)
        }
        try {
            if (chance(of = 2)) produce(actor) else consume(actor)
            if (chance(of = 3)) round.work(actor, this)
        } finally {
            owner = null
            condition.release()
        }
    }

    private fun produce(actor: Actor) {
        when (round.random.nextInt(8)) {
            0 -> condition.notifyAllWaiters()
            1 -> condition.notifyWaiters(round.random.nextInt(3))
            else -> if (stock < MAX_STOCK) {
                val goods = 1 + round.random.nextInt(2)
                stock += goods
                condition.notifyWaiters(goods)
                round.log { "$actor brings $goods" }
            }
        }
    }

    private suspend fun consume(actor: Actor) {
        if (chance(of = 2)) {
            waiting(actor) { actor.body.await(condition.waitFor { stock > 0 }) }
        } else {
            while (stock == 0) {
                waiting(actor) { actor.body.await(condition.waitForNotify()) }
            }
        }
        ensure(stock > 0) { "there is nothing to take for $actor" }
        stock--
        round.log { "$actor takes one" }
    }

    private suspend inline fun waiting(actor: Actor, wait: () -> Unit) = waiting.during(actor) {
        owner = null
        try {
            wait()
        } finally {
            acquired(actor)
        }
    }

    private fun acquired(actor: Actor) {
        ensure(lock.locked()) { "$actor came back without the lock" }
        ensure(owner == null) { "$actor has the lock, and $owner has it, too" }
        owner = actor
    }

    override fun check() {
        lockWatch.check()
        watch.check()
        ensure(condition.locked() == (owner != null)) { "it is $condition, but the lock's owner is $owner" }
        val reacquiring = waiting.size - watch.size
        ensure(lockWatch.size == acquiring.size + reacquiring) {
            "${lockWatch.size} wait for the lock, and not $acquiring and $reacquiring of $waiting"
        }
        ensure(lock.locked() || lockWatch.size == 0 || lockWatch.isHeadOnItsWay) {
            "a wake-up was lost: $acquiring and $reacquiring of $waiting wait for a free lock"
        }
        val onTheirWay = waiting.size - watch.pending
        ensure(watch.pending == 0 || onTheirWay >= stock) {
            "a wake-up was lost: there are $stock, $onTheirWay are on their way, and ${watch.pending} wait"
        }
    }

    override fun checkWhenQuiet() {
        ensure(lockWatch.pending == lockWatch.size && watch.pending == watch.size) {
            "somebody was woken or cancelled, and does not run"
        }
        ensure(lock.locked() || lockWatch.size == 0) { "its lock is free, but is waited for" }
        ensure(lock.locked() || stock == 0 || waiting.isEmpty) { "there are $stock, but $waiting wait" }
    }

    override fun checkAtEnd() = ensure(condition.toString() == "<Condition unlocked>") { "it is left as $condition" }

    private companion object {
        const val MAX_STOCK = 3
    }
}
