package dev.asyncio.samples.kotlin

import dev.asyncio.KeyboardInterrupt
import dev.asyncio.coroutines.asFlow
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.use
import dev.asyncio.files.AsyncFile
import dev.asyncio.files.FileWatcher
import dev.asyncio.samples.kotlin.cli.refuse
import kotlinx.coroutines.CancellationException
import java.nio.file.Path
import kotlin.io.path.Path
import kotlin.io.path.absolute

/** Prints a file, and what is appended to it from then on, until Ctrl-C. Its one argument is the file. */
fun main(args: Array<String>) {
    val path = args.singleOrNull() ?: refuse("usage: Tail FILE")
    try {
        asyncio { follow(Path(path).absolute()) }
    } catch (_: KeyboardInterrupt) {
        println("stopped")
    } catch (_: CancellationException) {
        println("stopped") // by SIGTERM
    }
}

// @start region="tail"
private suspend fun follow(path: Path) {
    // Watched before it is read: what is written between the two is not missed.
    FileWatcher.open(path).await().use { changes ->
        AsyncFile.open(path).await().use { file ->
            printTheRest(file)
            changes.asFlow().collect { printTheRest(file) }
        }
    }
}

private suspend fun printTheRest(file: AsyncFile) {
    if (file.size().await() < file.tell().await()) {
        println("-- truncated --")
        file.seek(0).await()
    }
    System.out.write(file.read().await()) // as it is: it may end in the middle of a character
    System.out.flush()
}
// @end
