package dev.asyncio.blocking

import dev.asyncio.Coroutine
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.sleep
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlin.time.Duration.Companion.milliseconds

/** The Kotlin side of [BlockingProgram]. */
object KotlinBlocking {
    @JvmStatic
    fun body(): Coroutine<Unit> = coroutine {
        BlockingProgram.sleepIn("Kotlin body")
        sleep(1.milliseconds)
        BlockingProgram.sleepIn("Kotlin body after an await")
        launch { BlockingProgram.sleepIn("child of a Kotlin body") }.join()
        withContext(Dispatchers.IO) { BlockingProgram.sleepIn("other dispatcher") }
    }
}
