package dev.asyncio.android.program

import dev.asyncio.Asyncio
import dev.asyncio.Coroutine
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.timeout
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import kotlinx.coroutines.withContext
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** Suspend bodies for [HelloAndCancel]. */
object KotlinBodies {
    @JvmStatic
    fun hello(name: String): Coroutine<String> = coroutine {
        sleep(1.milliseconds)
        "hello $name"
    }

    @JvmStatic
    fun endless(): Coroutine<Unit> = coroutine { Asyncio.getRunningLoop().createFuture<Unit>().await() }

    /** Primitives of kotlinx, which look up a good deal by name themselves. */
    @JvmStatic
    fun kotlinx(): Coroutine<String> = coroutine {
        timeout(60.seconds) {
            val channel = Channel<String>()
            val first = async { channel.receive() }
            delay(1)
            channel.send(withContext(Dispatchers.Default) { "kotlinx" })
            first.await()
        }
    }
}
