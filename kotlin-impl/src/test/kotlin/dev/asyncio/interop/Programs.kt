package dev.asyncio.interop

import dev.asyncio.Asyncio
import dev.asyncio.EventLoop
import dev.asyncio.Task
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.support.Runs
import io.kotest.assertions.throwables.shouldThrow
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.runBlocking
import java.time.Duration

/** Runs [block] as main, on virtual time. */
internal fun <T> program(block: suspend CoroutineScope.() -> T): T = asyncio(Runs.onVirtualTime(), block)

/** The result of a task with this [body] that is cancelled at these times, in milliseconds from its start. */
internal fun <T> cancelledAt(vararg millis: Long, body: suspend CoroutineScope.() -> T): T = program {
    val task = createTask(block = body)
    for (at in millis) loop.callLater(Duration.ofMillis(at)) { task.cancel() }
    task.await()
}

internal val loop: EventLoop get() = Asyncio.getRunningLoop()

/** What [loop] reports from here on. */
internal fun reportsOf(loop: EventLoop): List<String?> = mutableListOf<String?>().also { reports ->
    loop.setExceptionHandler { _, report -> reports += report.exception()?.message }
}

internal val millisNow: Long get() = loop.time().toMillis()

internal val thisTask: Task<*> get() = checkNotNull(Asyncio.currentTask()) { "no task runs" }

/** What a wait comes to, with its end time where it was cut off. */
internal suspend fun swallow(block: suspend () -> Unit): String = try {
    block()
    "completed"
} catch (_: CancellationException) {
    "cancelled"
}

/** What a coroutine that has no loop any more ends with. */
internal fun ending(deferred: Deferred<*>): String? = runBlocking {
    shouldThrow<CancellationException> { deferred.await() }.message
}
