package dev.asyncio.sync.stress

import dev.asyncio.engine.sync.SemaphoreImpl
import dev.asyncio.engine.sync.Waiters

/** A semaphore: its slots are neither more nor less than they should be, first come, first served. */
internal class SemaphoreBench(
    round: Round,
    private var slots: Int,
    private val bounded: Boolean,
    private val line: Waiters = Waiters(),
    private val semaphore: SemaphoreImpl = SemaphoreImpl(slots, if (bounded) slots else null, line),
) : Bench(round, if (bounded) "BoundedSemaphore" else "Semaphore") {
    private val watch = LineWatch(this, round, line)
    private val calls = Calls()
    private var held = 0

    override suspend fun use(actor: Actor) {
        when {
            slots == 0 || (!bounded && slots < MAX_SLOTS && chance(of = 64)) -> {
                slots++
                semaphore.release()
            }
            bounded && held + watch.woken == 0 && semaphore.value == slots.toLong() && chance(
                of = 8,
            ) -> releaseTooOften()
            else -> acquire(actor)
        }
    }

    private suspend fun acquire(actor: Actor) {
        calls.during(actor) {
            if (round.isSuspending && chance(of = 2)) {
                semaphore.awaitAcquire()
            } else {
                actor.body.await(semaphore.acquire())
            }
            val overtaken = calls.overtakenBy(actor)
            ensure(overtaken == null) { "$actor overtook $overtaken" }
            held++
            round.log { "$actor has a slot" }
        }
        try {
            round.work(actor, this)
        } finally {
            held--
            semaphore.release()
        }
    }

    private fun releaseTooOften() {
        try {
            semaphore.release()
        } catch (_: IllegalArgumentException) {
            return
        }
        violated("it was released too often, and let it pass")
    }

    override fun check() {
        watch.check()
        ensure(semaphore.value + watch.woken + held == slots.toLong()) {
            "of $slots slots $held are held, ${watch.woken} on their way and ${semaphore.value} free"
        }
        ensure(watch.size == calls.size) { "${watch.size} in line, but those who wait are $calls" }
        ensure(semaphore.value == 0L || watch.pending == 0 || watch.pending < watch.size) {
            "a wake-up was lost: ${semaphore.value} are free, but $calls wait"
        }
    }

    override fun checkWhenQuiet() {
        ensure(watch.pending == watch.size) { "somebody was woken or cancelled, and does not run" }
        ensure(semaphore.value == 0L || calls.isEmpty) { "${semaphore.value} are free, but $calls wait" }
    }

    override fun checkAtEnd() {
        val expected = "value=$slots>"
        ensure(semaphore.toString().endsWith(expected) || slots == 0) {
            "it is left as $semaphore instead of $expected"
        }
    }

    private companion object {
        const val MAX_SLOTS = 4
    }
}
