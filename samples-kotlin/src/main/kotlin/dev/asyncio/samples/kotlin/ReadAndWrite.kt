package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asFlow
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.use
import dev.asyncio.files.AsyncTextFile
import dev.asyncio.files.FileMode
import dev.asyncio.files.TemporaryDirectory
import java.nio.file.Path

/** What aiofiles shows first: a file is written, read as a whole, and read line by line. */
fun main() = asyncio {
    TemporaryDirectory.open().await().use { directory ->
        val poem = directory.path().resolve("poem.txt")
        write(poem)
        read(poem)
    }
}

// @start region="read-and-write"
private suspend fun write(path: Path) = AsyncTextFile.open(path, FileMode.WRITE).await().use { file ->
    file.write("Hold fast to dreams\n").await()
    file.write("For if dreams die\n").await()
}

private suspend fun read(path: Path) = AsyncTextFile.open(path).await().use { file ->
    val contents = file.read().await()
    println("${contents.length} characters")
    file.seek(0).await()
    file.lines().asFlow().collect { line -> println("line: ${line.trim()}") }
}
// @end
