package dev.asyncio.samples.kotlin

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import kotlin.time.Duration.Companion.seconds

/**
 * Who runs when: main and a task hand the loop to each other around a sleep.
 *
 * Mirrors `python/order_of_steps.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    println("main: begins") // 1. the loop runs main first
    val task = createTask { worker() } // 2. the task is queued, nothing of it has run
    task.await() // 3. main gives the loop away until the task is done
    println("main: ends") // 9. main goes on, and with its end the program stops
}

private suspend fun worker() {
    println("worker: begins") // 4. its turn has come
    sleep(2.seconds) // 5. gives the loop back; 6. the loop waits, nothing else is ready
    println("worker: ends") // 7. two seconds later it goes on; 8. its end makes main ready
}
