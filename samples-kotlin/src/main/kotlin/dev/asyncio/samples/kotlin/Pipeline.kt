package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createSubprocessExec
import dev.asyncio.coroutines.lines
import dev.asyncio.streams.StreamReader
import dev.asyncio.streams.StreamWriter
import dev.asyncio.subprocess.Stdio
import dev.asyncio.subprocess.SubprocessOptions
import kotlinx.coroutines.launch

private val WORDS = listOf("await", "task", "loop", "await", "future", "task", "await", "loop", "queue", "await")

/** Counts words with `sort | uniq -c`: two processes, and the loop in the place of the shell's pipe. */
// @start region="pipeline"
fun main() = asyncio {
    val pipes = SubprocessOptions.PIPES.withStderr(Stdio.INHERIT)
    val sort = createSubprocessExec("sort", options = pipes)
    val uniq = createSubprocessExec("uniq", "-c", options = pipes)
    launch { feed(sort.stdin()!!) }
    launch { pump(sort.stdout()!!, uniq.stdin()!!) }
    uniq.stdout()!!.lines().collect { line -> println(line.trim()) }
    println("sort ended with ${sort.waitFor().await()}, uniq with ${uniq.waitFor().await()}")
}

private suspend fun feed(sort: StreamWriter) = sort.use {
    for (word in WORDS) {
        sort.write("$word\n")
        sort.drain().await()
    }
}

/** Passes on what there is; a slow reader at the end makes all wait, up to the one who feeds. */
private suspend fun pump(from: StreamReader, to: StreamWriter) = to.use {
    while (true) {
        val data = from.read(4096).await()
        if (data.isEmpty()) break
        to.write(data)
        to.drain().await()
    }
}
// @end
