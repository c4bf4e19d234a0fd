package dev.asyncio.sync.stress

import dev.asyncio.Coroutine
import dev.asyncio.ExceptionHandler
import dev.asyncio.engine.VirtualLoopImpl
import dev.asyncio.engine.loop.ReadyItem
import dev.asyncio.engine.loop.ReadyQueue
import dev.asyncio.support.Body
import dev.asyncio.support.Face
import dev.asyncio.support.Script
import dev.asyncio.support.isCancellation
import dev.asyncio.support.s
import java.util.SplittableRandom

/**
 * Some actors do at random what can be done at some benches, on virtual time, and are cancelled at random before any
 * step of the loop. Before each step, all that has to hold there is looked at. The [seed] decides everything.
 */
internal class Round(
    val seed: Long,
    private val face: Face,
    private val maxSteps: Int,
    /** What happened, for whom it is asked for. */
    private val events: MutableList<String>? = null,
    makeBenches: Round.() -> List<Bench>,
) {
    val random = SplittableRandom(seed)

    /** Whether bodies may suspend otherwise than by [Body.await]. */
    val isSuspending: Boolean get() = face == Face.KOTLIN

    var steps = 0
        private set

    /** The first thing that was not as it should be. */
    var violation: String? = null
        private set

    private val script = Script(face)
    private val benches = makeBenches()
    private val actors = List(2 + random.nextInt(MAX_ACTORS - 1)) { Actor("actor ${'A' + it}", this) }

    /** How many of [CANCEL_CHANCES] steps have a cancel before them. */
    private val cancelChances = CANCEL_RATES[random.nextInt(CANCEL_RATES.size)]
    private val loop = VirtualLoopImpl(face = null, carrier = face.carrier, ready = WatchedSteps())
    private var lastTime = 0L
    private var over = false

    /** Returns the [violation], or null. */
    fun run(): String? {
        loop.setExceptionHandler(ExceptionHandler { _, report -> note("reported: $report") })
        try {
            loop.runUntilComplete(coroutine { main() })
            if (violation == null) benches.forEach { it.checkAtEnd() }
        } catch (e: Throwable) {
            note("the round ended with $e")
        } finally {
            loop.close()
        }
        return violation
    }

    private suspend fun Body.main() {
        for (actor in actors) actor.task = createTask(actor.name) { live(actor) }
        while (steps < maxSteps && actors.any { !it.task.done() }) sleep(1)
        over = true
        var tries = 0
        while (actors.any { !it.task.done() }) {
            actors.forEach { it.cancel() }
            sleep(1)
            if (++tries == MAX_TRIES) violated("these do not end: ${actors.filter { !it.task.done() }}")
        }
    }

    private suspend fun Body.live(actor: Actor) {
        actor.body = this
        while (!over) {
            try {
                actor.pause()
                benches[random.nextInt(benches.size)].use(actor)
            } catch (e: Throwable) {
                if (violation != null) throw e
                if (!isCancellation(e)) violated("$actor failed with $e")
                log { "$actor saw ${e.message}" }
            }
        }
    }

    /** Something to do while it holds something: a pause, or what there is to do at another bench. */
    suspend fun work(actor: Actor, at: Bench) {
        if (random.nextInt(4) > 0 || actor.depth >= MAX_DEPTH) return actor.pause()
        val other = benches[random.nextInt(benches.size)]
        if (other in actor.benches || other === at) return
        actor.benches += at
        try {
            other.use(actor)
        } finally {
            actor.benches -= at
        }
    }

    fun <T> coroutine(block: suspend Body.() -> T): Coroutine<T> = script.coroutine(block)

    private fun beforeStep(item: ReadyItem) {
        steps++
        try {
            benches.forEach { it.check() }
            val now = loop.nanoTime()
            if (now != lastTime) {
                // Nothing was ready before the clock went on, and nothing has run since.
                lastTime = now
                benches.forEach { it.checkWhenQuiet() }
            }
        } catch (_: Violation) {
            return
        }
        if (random.nextInt(CANCEL_CHANCES) >= cancelChances) return
        val actor =
            if (random.nextBoolean()) {
                actors.find { it.isStarted && it.task === item } // in the very moment before it runs
            } else {
                actors[random.nextInt(actors.size)]
            }
        if (actor?.isStarted == true) actor.cancel()
    }

    private inner class WatchedSteps : ReadyQueue() {
        override fun poll(): ReadyItem {
            val item = super.poll()
            if (violation == null) beforeStep(item)
            return item
        }
    }

    inline fun ensure(condition: Boolean, message: () -> String) {
        if (!condition) violated(message())
    }

    fun violated(message: String): Nothing {
        note(message)
        throw Violation(message)
    }

    private fun note(message: String) {
        if (violation != null) return
        log { message }
        violation = "$message (seed $seed, step $steps, $face, ${benches.joinToString()})"
        loop.stop()
    }

    inline fun log(event: () -> String) {
        if (isLogging) addEvent(event())
    }

    val isLogging: Boolean get() = events != null

    fun addEvent(event: String) {
        events?.add("step $steps: $event")
    }

    private companion object {
        const val MAX_ACTORS = 7
        const val MAX_DEPTH = 2
        const val MAX_TRIES = 1000
        const val CANCEL_CHANCES = 64
        val CANCEL_RATES = intArrayOf(0, 1, 4, 16, 32)
    }
}

/** Something is not as it should be; the round knows already. */
internal class Violation(message: String) : AssertionError(message)
