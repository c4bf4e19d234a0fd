package dev.asyncio.engine.tasks

import dev.asyncio.Asyncio
import dev.asyncio.Future
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import kotlin.random.Random
import kotlin.time.Duration

/** The tasks that are not done against a list that is searched. */
internal class TaskListTest {
    @Test
    fun allTasksAreTheLivingOnesInOrderOfCreation() {
        for (seed in 1..20) {
            val random = Random(seed)
            Asyncio.run(
                coroutine {
                    val living = ArrayList<Pair<Future<Unit>, Any>>()
                    repeat(300) { round ->
                        repeat(random.nextInt(4)) { i ->
                            val own = Asyncio.getRunningLoop().createFuture<Unit>()
                            living.add(own to createTask("$round.$i") { own.await() })
                        }
                        repeat(random.nextInt(if (round < 200) 4 else 6)) {
                            if (living.isNotEmpty()) living.removeAt(random.nextInt(living.size)).first.setResult(Unit)
                        }
                        repeat(2) { sleep(Duration.ZERO) }
                        val others = Asyncio.allTasks().toList() - Asyncio.currentTask()!!
                        assertEquals(living.map { it.second }, others, "seed $seed, round $round")
                    }
                    living.forEach { it.first.setResult(Unit) }
                },
            )
        }
    }
}
