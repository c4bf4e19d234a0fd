package dev.asyncio.sync.stress

import dev.asyncio.BrokenBarrierException
import dev.asyncio.engine.sync.BarrierImpl
import dev.asyncio.engine.sync.ConditionImpl
import dev.asyncio.engine.sync.LockImpl
import dev.asyncio.engine.sync.Waiters
import dev.asyncio.engine.sync.WakeOrder

/** A barrier: of each generation as many go on as belong to it, and nobody before they are all there. */
internal class BarrierBench(round: Round, private val parties: Int) : Bench(round, "Barrier($parties)") {
    private val lockLine = Waiters(WakeOrder.HEAD_ONLY)
    private val line = Waiters()
    private val lock = LockImpl(lockLine)
    private val barrier = BarrierImpl(parties, ConditionImpl(lock, line))
    private val lockWatch = LineWatch(this, round, lockLine)
    private val watch = LineWatch(this, round, line)
    private val arriving = Calls()
    private val changing = Calls()

    private var isBroken = false

    /** How often it was reset or aborted. */
    private var breaks = 0

    /** How many of the last generation have not gone on, and how many arrivals were for nothing since it was full. */
    private var toGo = 0
    private var lost = 0

    /** The places of the generation that goes on; null if one was given up, and so taken twice, while it filled. */
    private var placesTaken = HashSet<Int>()
    private var lostWhileFilling = 0

    override suspend fun use(actor: Actor) {
        when {
            if (isBroken) chance(of = 3) else chance(of = 16) -> changing.during(actor) {
                actor.body.await(barrier.reset())
                isBroken = false
                breaks++
            }
            chance(of = 32) -> changing.during(actor) {
                actor.body.await(barrier.abort())
                isBroken = true
                breaks++
            }
            else -> arrive(actor)
        }
    }

    private suspend fun arrive(actor: Actor) {
        val breaksBefore = breaks
        val wasBroken = isBroken
        try {
            arriving.during(actor) {
                val place = actor.body.await(barrier.arrive())
                round.log { "$actor goes on as number $place" }
                ensure(place in 0 until parties) { "$actor is number $place" }
                if (place == parties - 1) full() else ensure(toGo-- > 0) { "$actor goes on, though not all were there" }
                ensure(placesTaken.add(place) || lostWhileFilling > 0) { "two go on as number $place" }
            }
        } catch (e: BrokenBarrierException) {
            ensure(wasBroken || breaks > breaksBefore) { "$actor was told $e, but nobody has broken it" }
            lost++
        } catch (e: Throwable) {
            lost++
            throw e
        }
    }

    /** The last party has arrived. */
    private fun full() {
        ensure(arriving.size >= parties) { "it let go only $arriving" }
        ensure(toGo <= lost) { "$toGo of the generation before have not gone on" }
        toGo = parties - 1
        lostWhileFilling = lost
        lost = 0
        placesTaken.clear()
    }

    override fun check() {
        lockWatch.check()
        watch.check()
        ensure(!lock.locked()) { "nobody runs, but its lock is held" }
        ensure(lockWatch.size == 0 || lockWatch.isHeadOnItsWay) {
            "a wake-up was lost: its lock is free and waited for"
        }
        ensure(barrier.nWaiting() in 0 until parties) { "${barrier.nWaiting()} wait" }
        ensure(barrier.nWaiting() <= arriving.size) { "${barrier.nWaiting()} wait, which are not $arriving" }
        ensure(barrier.broken() == isBroken) { "it is $barrier" }
        val inLine = watch.size + lockWatch.size
        ensure(inLine == arriving.size + changing.size) { "$inLine are in line, which are not $arriving and $changing" }
    }

    override fun checkWhenQuiet() {
        ensure(watch.pending == watch.size && lockWatch.size == 0) { "somebody is on the way, and does not run" }
        ensure(!isBroken || arriving.isEmpty) { "a wake-up was lost: it is broken, but $arriving wait" }
        ensure(barrier.nWaiting() == arriving.size) { "a wake-up was lost: $arriving wait, but it is $barrier" }
    }

    override fun checkAtEnd() {
        val expected = if (isBroken) "<Barrier broken>" else "<Barrier filling, waiters=0/$parties>"
        ensure(barrier.toString() == expected) { "it is left as $barrier" }
    }
}
