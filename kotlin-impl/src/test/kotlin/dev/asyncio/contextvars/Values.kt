package dev.asyncio.contextvars

import dev.asyncio.coroutines.sleep
import java.util.function.Supplier
import kotlin.time.Duration.Companion.milliseconds

/** What [value] gives, before and after a suspension. */
suspend fun readTwice(value: Supplier<String>): String {
    val before = value.get()
    sleep(1.milliseconds)
    return "$before ${value.get()}"
}
