package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asFlow
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.use
import dev.asyncio.coroutines.withPermit
import dev.asyncio.files.AsyncFiles
import dev.asyncio.files.AsyncTextFile
import dev.asyncio.sync.Semaphore
import kotlinx.coroutines.flow.count
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import java.nio.file.Path
import kotlin.io.path.Path

/** Counts the lines of all Java files below a directory, the first argument, many files at once. */
fun main(args: Array<String>) = asyncio { countLines(Path(args.firstOrNull() ?: ".")) }

// @start region="count-lines"
private suspend fun countLines(directory: Path) {
    val open = Semaphore(20) // a process may not open as many files as it likes
    val counts = AsyncFiles.walk(directory).asFlow()
        .filter { path -> path.toString().endsWith(".java") }
        .map { path -> createTask { open.withPermit { count(path) } } }
        .toList()
    println("${gather(counts).sum()} lines in ${counts.size} files")
}

private suspend fun count(path: Path): Int =
    AsyncTextFile.open(path).await().use { file -> file.lines().asFlow().count() }
// @end
