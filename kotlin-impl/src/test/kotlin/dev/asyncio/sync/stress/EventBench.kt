package dev.asyncio.sync.stress

import dev.asyncio.engine.sync.EventImpl
import dev.asyncio.engine.sync.Waiters

/** An event: whoever waits when it is set goes on, and nobody else does. */
internal class EventBench(round: Round, private val line: Waiters = Waiters()) : Bench(round, "Event") {
    private val event = EventImpl(waiters = line)
    private val watch = LineWatch(this, round, line)
    private val calls = Calls()

    /** Those who waited when it was set. */
    private val released = HashSet<Actor>()
    private var isSet = false

    override suspend fun use(actor: Actor) {
        when (round.random.nextInt(8)) {
            0, 1 -> {
                if (!isSet) released.addAll(calls.toList())
                isSet = true
                event.set()
                round.log { "$actor has set the event" }
            }
            2 -> {
                isSet = false
                event.clear()
                round.log { "$actor has cleared the event" }
            }
            else -> waitFor(actor)
        }
    }

    private suspend fun waitFor(actor: Actor) {
        val waits = !isSet
        try {
            calls.during(actor) {
                if (round.isSuspending && chance(of = 2)) {
                    event.awaitSet()
                } else {
                    actor.body.await(event.waitUntilSet())
                }
                if (waits) {
                    ensure(actor in released) { "$actor goes on, though it was not set" }
                    val overtaken = calls.overtakenBy(actor)
                    ensure(overtaken == null) { "$actor overtook $overtaken" }
                }
            }
        } finally {
            released -= actor
        }
    }

    override fun check() {
        watch.check()
        ensure(event.isSet() == isSet) { "it is $event" }
        ensure(watch.size == calls.size) { "${watch.size} in line, but those who wait are $calls" }
        ensure(!isSet || watch.pending == 0) { "a wake-up was lost: it is set, but $calls wait" }
        val waiting = calls.count { it !in released && !it.isCancelled }
        ensure(watch.pending == waiting) { "${watch.pending} wait for it, and not $waiting" }
    }

    override fun checkWhenQuiet() {
        ensure(watch.pending == watch.size) { "somebody was woken or cancelled, and does not run" }
        ensure(!isSet || calls.isEmpty) { "it is set, but $calls wait" }
    }

    override fun checkAtEnd() {
        ensure(event.toString() == if (isSet) "<Event set>" else "<Event unset>") { "it is left as $event" }
    }
}
