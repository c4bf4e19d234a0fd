package dev.asyncio.dumps

import dev.asyncio.Asyncio
import dev.asyncio.RunnerOptions
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import dev.asyncio.queues.Queue
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.debug.CoroutineInfo
import kotlinx.coroutines.debug.DebugProbes
import kotlinx.coroutines.launch
import java.io.ByteArrayOutputStream
import java.io.PrintStream
import kotlin.time.Duration.Companion.milliseconds

/** Bodies that wait, as kotlinx-coroutines-debug sees them. */
@OptIn(ExperimentalCoroutinesApi::class)
object DumpedProgram {
    @JvmStatic
    fun main(args: Array<String>) {
        DebugProbes.install()
        asyncio(RunnerOptions.DEFAULT.withInterruptHandler(false)) {
            Asyncio.currentTask()!!.name = "main"
            val tasks = listOf(
                createTask("consumer") { waitForItem(Queue()) },
                createTask("parent") {
                    launch { awaitCancellation() }
                    awaitCancellation()
                },
                createTask("caller") { coroutine { waitForItem(Queue()) }.await() },
            )
            val short = createTask("short") { "done" }
            sleep(1.milliseconds)
            check(short.done())
            DebugProbes.dumpCoroutinesInfo().map(::describe).sorted().forEach(::println)
            println(if ("<Task 'consumer' pending" in dump()) "the dump has tasks" else dump())
            tasks.forEach { it.cancel() }
        }
        println("${DebugProbes.dumpCoroutinesInfo().size} left")
    }

    private suspend fun waitForItem(queue: Queue<String>): String {
        val item = queue.get().await()
        return "got $item"
    }

    private fun describe(info: CoroutineInfo): String {
        val name = info.context[CoroutineName]?.name
        val here = info.lastObservedStackTrace().firstOrNull { it.className.startsWith(javaClass.name) }
        return "$name ${info.state} ${if (info.job!!.isActive) "active" else "ended"} in ${here?.methodName}"
    }

    private fun dump(): String {
        val bytes = ByteArrayOutputStream()
        PrintStream(bytes).use(DebugProbes::dumpCoroutines)
        return bytes.toString()
    }
}
