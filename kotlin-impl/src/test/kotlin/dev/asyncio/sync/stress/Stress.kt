package dev.asyncio.sync.stress

import dev.asyncio.support.Face
import org.junit.jupiter.api.fail

/**
 * Rounds with everything there is to wait for, until some number of steps is reached.
 *
 * `-Ddev.asyncio.stress.seed=N` begins with that seed instead of a random one, and so repeats the round that a failure
 * names; `-Ddev.asyncio.stress.steps=N` is for those who have more time.
 */
internal object Stress {
    private const val STEPS_OF_A_ROUND = 3_000
    private const val EVENTS_SHOWN = 60

    fun run(face: Face, defaultSteps: Long) {
        val first = java.lang.Long.getLong("dev.asyncio.stress.seed") ?: System.nanoTime()
        val wanted = java.lang.Long.getLong("dev.asyncio.stress.steps") ?: defaultSteps
        println("stress on $face: seeds from $first")
        var seed = first
        var steps = 0L
        while (steps < wanted) {
            val round = anyRound(seed, face, null)
            round.run()?.let { fail("$it; before that:\n${eventsBefore(seed, face)}") }
            steps += round.steps
            seed++
        }
        println("stress on $face: $steps steps in ${seed - first} rounds")
    }

    private fun anyRound(seed: Long, face: Face, events: MutableList<String>?) =
        Round(seed, face, STEPS_OF_A_ROUND, events) { List(1 + random.nextInt(3)) { anyBench() } }

    private fun Round.anyBench(): Bench = when (random.nextInt(7)) {
        0 -> LockBench(this)
        1 -> SemaphoreBench(this, random.nextInt(4), bounded = false)
        2 -> SemaphoreBench(this, 1 + random.nextInt(3), bounded = true)
        3 -> EventBench(this)
        4 -> ConditionBench(this)
        5 -> BarrierBench(this, 1 + random.nextInt(4))
        else -> QueueBench(this, QueueKind.values()[random.nextInt(3)], random.nextInt(4))
    }

    /** The same seed gives the same round. */
    private fun eventsBefore(seed: Long, face: Face): String {
        val events = ArrayList<String>()
        anyRound(seed, face, events).run()
        return events.takeLast(EVENTS_SHOWN).joinToString("\n")
    }
}
