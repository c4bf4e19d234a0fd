package dev.asyncio.engine.io

import dev.asyncio.ReturnWhen
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.await.resultInBody
import dev.asyncio.engine.loop.readyItem
import dev.asyncio.engine.loop.saturatedAdd
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.engine.tasks.asCancellationException
import dev.asyncio.engine.tasks.waitForFutures
import dev.asyncio.spi.NotOnAndroid
import java.io.IOException
import java.nio.channels.SocketChannel

/**
 * RFC 8305: each attempt starts when the one right before it has failed, or when [delayNanos] have passed since that one
 * started; the first that succeeds wins. asyncio's `staggered_race`.
 */
@NotOnAndroid
internal class Race(
    private val loop: LoopImpl,
    private val attempts: List<suspend () -> SocketChannel>,
    private val delayNanos: Long,
    private val errors: MutableList<IOException>,
) {
    /** What has been started, in the order of the attempts. */
    private val tasks = ArrayList<TaskImpl<SocketChannel>>()

    /** The winner's channel; null if all have failed, which [errors] then tell of in the order of the attempts. */
    suspend fun run(): SocketChannel? {
        var winner: TaskImpl<SocketChannel>? = null
        try {
            while (winner == null && tasks.size < attempts.size) {
                val attempt = attempts[tasks.size]
                tasks += loop.newTask(Operation("connect") { attempt() }, null, null)
                winner = winnerUntilNextStart()
            }
            if (winner != null) return winner.resultInBody()
            for (task in tasks) {
                val error = task.takeFailure()
                errors += error as? IOException ?: throw error.asCancellationException()
            }
            return null
        } finally {
            tasks.filter { it !== winner }.forEach(::giveUp)
        }
    }

    /** Who has won before it is the next attempt's turn, or before all have failed if there is none. */
    private suspend fun winnerUntilNextStart(): TaskImpl<SocketChannel>? {
        val latest = tasks.last()
        val isLast = tasks.size == attempts.size
        val nextStart = saturatedAdd(loop.nanoTime(), delayNanos)
        while (isLast || !latest.done()) {
            val running = tasks.filterNot { it.done() }
            if (running.isEmpty()) return null
            waitForFutures(running, if (isLast) null else nextStart - loop.nanoTime(), ReturnWhen.FIRST_COMPLETED)
            val ended = running.filter { it.done() }
            ended.firstOrNull { !it.isFailed }?.let { return it }
            if (ended.isEmpty()) return null
        }
        return null
    }

    /** Whatever comes of it, nobody wants it any more. */
    private fun giveUp(task: TaskImpl<SocketChannel>) {
        task.addCallback(
            readyItem {
                when {
                    task.isFailed -> task.markRetrieved()
                    !task.cancelled() -> task.result().close()
                }
            },
        )
        task.cancel(null)
    }
}
