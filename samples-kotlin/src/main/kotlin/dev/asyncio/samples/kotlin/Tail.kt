package dev.asyncio.samples.kotlin

import dev.asyncio.KeyboardInterrupt
import dev.asyncio.coroutines.asFlow
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.use
import dev.asyncio.files.AsyncFile
import dev.asyncio.files.FileWatcher
import java.nio.file.Path
import kotlin.io.path.Path
import kotlin.io.path.absolute

/** Prints a file, and what is appended to it from then on, until Ctrl-C. Its one argument is the file. */
fun main(args: Array<String>) {
    try {
        asyncio { follow(Path(args[0]).absolute()) }
    } catch (_: KeyboardInterrupt) {
        println("stopped")
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
    print(file.read().await().decodeToString())
}
// @end
