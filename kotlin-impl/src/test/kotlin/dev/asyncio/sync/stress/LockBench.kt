package dev.asyncio.sync.stress

import dev.asyncio.engine.sync.LockImpl
import dev.asyncio.engine.sync.Waiters
import dev.asyncio.engine.sync.WakeOrder
import dev.asyncio.sync.Held

/** A lock: one at a time, first come, first served. */
internal class LockBench(
    round: Round,
    private val line: Waiters = Waiters(WakeOrder.HEAD_ONLY),
    private val lock: LockImpl = LockImpl(line),
) : Bench(round, "Lock") {
    private val watch = LineWatch(this, round, line)
    private val calls = Calls()
    private var owner: Actor? = null

    override suspend fun use(actor: Actor) {
        when (round.random.nextInt(4)) {
            0 -> {
                acquire(actor) { actor.body.await(lock.acquire()) }
                try {
                    round.work(actor, this)
                } finally {
                    owner = null
                    lock.release()
                }
            }
            1 -> {
                val held: Held = acquire(actor) { actor.body.await(lock.hold()) }
                try {
                    round.work(actor, this)
                } finally {
                    owner = null
                    held.close()
                    held.close()
                }
            }
            2 -> holdWhile(actor)
            else -> {
                acquire(actor) {
                    if (round.isSuspending) lock.awaitAcquire() else actor.body.await(lock.acquire())
                }
                try {
                    round.work(actor, this)
                } finally {
                    owner = null
                    lock.release()
                }
            }
        }
    }

    private suspend inline fun <T> acquire(actor: Actor, call: () -> T): T = calls.during(actor) {
        call().also { acquired(actor) }
    }

    /** In a body inside of the actor's own, on the other face if there are two. */
    private suspend fun holdWhile(actor: Actor) {
        val outer = actor.body
        calls.begin(actor)
        try {
            outer.await(
                lock.hold(
                    round.coroutine {
                        acquired(actor)
                        calls.end(actor)
                        actor.sawNothing()
                        actor.body = this
                        try {
                            round.work(actor, this@LockBench)
                        } finally {
                            owner = null
                        }
                    },
                ),
            )
        } catch (e: Throwable) {
            if (actor in calls) {
                calls.end(actor)
                actor.saw(e)
            }
            throw e
        } finally {
            actor.body = outer
        }
    }

    private fun acquired(actor: Actor) {
        ensure(owner == null) { "$actor has it, and $owner has it, too" }
        val overtaken = calls.overtakenBy(actor)
        ensure(overtaken == null) { "$actor overtook $overtaken" }
        owner = actor
        round.log { "$actor has the lock" }
    }

    override fun check() {
        ensure(lock.locked() == (owner != null)) { "it is $lock, but its owner is $owner" }
        watch.check()
        ensure(watch.size == calls.size) { "${watch.size} in line, but those who wait are $calls" }
        ensure(lock.locked() || watch.size == 0 || watch.isHeadOnItsWay) {
            "a wake-up was lost: $calls wait for nobody"
        }
    }

    override fun checkWhenQuiet() {
        ensure(watch.pending == watch.size) { "somebody was woken or cancelled, and does not run" }
        ensure(lock.locked() || calls.isEmpty) { "it is free, but $calls wait" }
    }

    override fun checkAtEnd() = ensure(lock.toString() == "<Lock unlocked>") { "it is left as $lock" }
}
