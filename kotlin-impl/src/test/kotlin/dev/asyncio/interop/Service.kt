package dev.asyncio.interop

import dev.asyncio.Coroutine
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.sleep
import kotlinx.coroutines.delay
import java.io.FileNotFoundException
import kotlin.time.Duration.Companion.milliseconds

/** What a Kotlin library looks like that knows nothing of Java: see SuspendingTest. */
suspend fun load(name: String): String {
    delay(10)
    if (name == "missing") throw FileNotFoundException(name)
    sleep(10.milliseconds)
    return "<$name>"
}

suspend fun loadAtOnce(name: String): String = "<$name>"

/** Calls a Java library of coroutines from Kotlin. */
suspend fun viaJava(library: Coroutine<String>): String = "via Kotlin ${library.await()}"
