package dev.asyncio.engine.io

import dev.asyncio.ReturnWhen
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.Operation
import dev.asyncio.engine.loop.readyItem
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.engine.tasks.waitForFutures
import dev.asyncio.spi.NotOnAndroid
import java.io.IOException
import java.nio.channels.SocketChannel

/**
 * RFC 8305: each attempt starts when the one before has failed, or when [delayNanos] have passed; the first that
 * succeeds wins. asyncio's `staggered_race`.
 */
@NotOnAndroid
internal class Race(
    private val loop: LoopImpl,
    private val attempts: List<suspend () -> SocketChannel>,
    private val delayNanos: Long,
    private val errors: MutableList<IOException>,
) {
    private val running = LinkedHashSet<TaskImpl<SocketChannel>>()
    private var started = 0

    /** The winner's channel; null if all have failed. */
    suspend fun run(): SocketChannel? {
        try {
            while (started < attempts.size || running.isNotEmpty()) {
                startNext()
                waitForOne()?.let { return it }
            }
            return null
        } finally {
            running.forEach(::giveUp)
        }
    }

    private fun startNext() {
        if (started == attempts.size) return
        val attempt = attempts[started++]
        running += loop.newTask(Operation("connect") { attempt() }, null, null)
    }

    private suspend fun waitForOne(): SocketChannel? {
        val delay = delayNanos.takeIf { started < attempts.size }
        waitForFutures(running, delay, ReturnWhen.FIRST_COMPLETED)
        for (task in running.filter { it.done() }) {
            if (!task.isFailed) {
                running -= task
                return task.result()
            }
            running -= task
            val error = task.takeFailure()
            errors += error as? IOException ?: throw error
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
