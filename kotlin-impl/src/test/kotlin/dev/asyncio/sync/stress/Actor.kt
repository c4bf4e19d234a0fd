package dev.asyncio.sync.stress

import dev.asyncio.Asyncio
import dev.asyncio.Awaitable
import dev.asyncio.Task
import dev.asyncio.support.Body
import dev.asyncio.support.isCancellation
import java.time.Duration

/** A task that does this and that. Whatever it awaits, it sees each cancellation that was sent, and no other. */
internal class Actor(val name: String, private val round: Round) {
    lateinit var task: Task<*>

    /** The body that runs now, which may be one inside of the task's own. */
    lateinit var body: Body

    /** Where it is busy, and does something else meanwhile. */
    val benches = ArrayList<Bench>()
    val depth: Int get() = benches.size

    private val unseen = ArrayList<String>()

    val isStarted: Boolean get() = ::task.isInitialized

    /** Whether it was cancelled, and has not run since then. */
    val isCancelled: Boolean get() = unseen.isNotEmpty()

    fun cancel() {
        if (task.done()) return
        val message = "cancel at step ${round.steps}"
        round.log { "$name is cancelled" }
        unseen.add(message)
        task.cancel(message)
    }

    suspend fun <T> await(awaitable: Awaitable<T>): T = seeing { body.await(awaitable) }

    suspend inline fun <T> seeing(wait: () -> T): T {
        val result =
            try {
                wait()
            } catch (e: Throwable) {
                saw(e)
                throw e
            }
        sawNothing()
        return result
    }

    fun saw(error: Throwable) {
        if (!isCancellation(error)) return sawNothing()
        round.ensure(error.message in unseen) { "$name saw '${error.message}', but was sent $unseen" }
        unseen.clear()
    }

    fun sawNothing() = round.ensure(!isCancelled) { "$name goes on, but was sent $unseen" }

    /** Perhaps lets others run, or time pass. */
    suspend fun pause() {
        when (round.random.nextInt(4)) {
            0 -> Unit
            1 -> await(Asyncio.sleep(Duration.ofMillis(1L + round.random.nextInt(3))))
            else -> await(Asyncio.sleep(Duration.ZERO))
        }
    }

    override fun toString(): String = name
}
