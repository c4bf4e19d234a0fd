package dev.asyncio.stacks

import dev.asyncio.Asyncio
import dev.asyncio.Carrier
import dev.asyncio.Coroutine
import dev.asyncio.Task
import dev.asyncio.TaskOptions
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.sleep
import dev.asyncio.support.AsyncioLog
import dev.asyncio.support.Oops
import dev.asyncio.support.Runs
import dev.asyncio.support.Threads
import dev.asyncio.support.Trace
import dev.asyncio.support.describe
import dev.asyncio.support.s
import dev.asyncio.testing.VirtualTimeLoop
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.MethodSource
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.seconds

/** Java code that awaits Kotlin code that awaits Java code, in one task: each level waits, before and after the next. */
@ParameterizedClass
@MethodSource("dev.asyncio.support.Jdk#carriers")
class NestedBodiesOnEveryCarrierTest(private val carrier: Carrier) {
    private val trace = Trace()

    /** Java at even levels, Kotlin at odd ones; counted down to zero, where [bottom] runs. */
    private fun tower(level: Int, bottom: Coroutine<String>): Coroutine<String> = when {
        level == 0 -> bottom
        level % 2 == 0 -> Coroutine {
            val task = Asyncio.currentTask()
            Asyncio.await(Asyncio.sleep(1.s))
            val result = Asyncio.await(tower(level - 1, bottom))
            Asyncio.await(Asyncio.sleep(1.s))
            assertSame(task, Asyncio.currentTask())
            "Java$level($result)"
        }
        else -> coroutine {
            val task = Asyncio.currentTask()
            sleep(1.seconds)
            val result = tower(level - 1, bottom).await()
            sleep(1.seconds)
            assertSame(task, Asyncio.currentTask())
            "Kotlin$level($result)"
        }
    }

    @Test
    fun valuesComeUpThroughFiveLevels() {
        for (levels in listOf(5, 6)) {
            val result = Runs.virtual(carrier, Coroutine { Asyncio.await(tower(levels, Coroutine { "bottom" })) })
            val expected = "Kotlin5(Java4(Kotlin3(Java2(Kotlin1(bottom)))))"
            assertEquals(if (levels == 5) expected else "Java6($expected)", result)
        }
    }

    @Test
    fun aTaskMayBeginInEitherLanguage() {
        val time = Runs.virtual(
            carrier,
            Coroutine {
                val tasks = listOf(5, 6).map { Asyncio.createTask(tower(it, Coroutine { "bottom" })) }
                tasks.forEach { Asyncio.await(it) }
                Asyncio.getRunningLoop().time()
            },
        )
        assertEquals(12.s, time, "two seconds a level, and the two towers at the same time")
    }

    @Test
    fun manyTowersInterleave() {
        Runs.virtual(
            carrier,
            Coroutine {
                val tasks = List(20) { i -> Asyncio.createTask(tower(5 + i % 2, Coroutine { "$i" })) }
                tasks.forEachIndexed { i, task -> assertTrue("($i)" in Asyncio.await(task)) }
            },
        )
    }

    @Test
    fun anExceptionComesUpThroughFiveLevelsAsItIs() {
        val oops = Oops("from the bottom")
        val failing = Coroutine<String> {
            Asyncio.await(Asyncio.sleep(1.s))
            throw oops
        }
        Runs.virtual(
            carrier,
            Coroutine {
                val task = Asyncio.createTask(tower(5, failing))
                Asyncio.await(Asyncio.sleep(100.s))
                assertSame(oops, task.exception())
            },
        )
    }

    @Test
    fun aCancellationGoesDownToTheInnermostAwaitAndComesUpThroughAllLevels() {
        Runs.virtual(
            carrier,
            Coroutine {
                val task = Asyncio.createTask(watched(5))
                Asyncio.await(Asyncio.sleep(100.s))
                task.cancel("down there")
                Asyncio.await(Asyncio.sleep(1.s))
                assertTrue(task.cancelled())
            },
        )
        trace.`is`(*(0..5).map { "$it: CancelledError: down there" }.toTypedArray())
    }

    /** A tower whose levels tell what goes through them. */
    private fun watched(level: Int): Coroutine<Unit> = if (level % 2 == 0) {
        Coroutine {
            try {
                Asyncio.await(Asyncio.sleep(1.s))
                if (level == 0) Asyncio.await(Asyncio.sleep(1000.s)) else Asyncio.await(watched(level - 1))
            } catch (e: Throwable) {
                trace.add("$level: ${describe(e)}")
                throw e
            }
        }
    } else {
        coroutine {
            try {
                sleep(1.seconds)
                watched(level - 1).await()
            } catch (e: Throwable) {
                trace.add("$level: ${describe(e)}")
                throw e
            }
        }
    }

    @Test
    fun javaBodiesStartedEagerlyByKotlinBodiesAndTheOtherWayRound() {
        val options = TaskOptions.DEFAULT.withEagerStart(true)
        Runs.virtual(
            carrier,
            Coroutine {
                val outer: Task<Unit> = Asyncio.createTask(
                    coroutine {
                        trace.add("Kotlin 1")
                        val java: Task<Unit> = Asyncio.createTask(
                            Coroutine {
                                trace.add("Java 1")
                                val kotlin: Task<Unit> = Asyncio.createTask(
                                    coroutine {
                                        trace.add("inner Kotlin 1")
                                        sleep(1.seconds)
                                        trace.add("inner Kotlin 2")
                                    },
                                    options,
                                )
                                trace.add("Java 2")
                                Asyncio.await(kotlin)
                                trace.add("Java 3")
                            },
                            options,
                        )
                        trace.add("Kotlin 2")
                        java.await()
                        trace.add("Kotlin 3")
                    },
                    options,
                )
                trace.add("main")
                Asyncio.await(outer)
            },
        )
        trace.`is`(
            "Kotlin 1",
            "Java 1",
            "inner Kotlin 1",
            "Java 2",
            "Kotlin 2",
            "main",
            "inner Kotlin 2",
            "Java 3",
            "Kotlin 3",
        )
    }

    @Test
    fun aJavaCoroutineThatKotlinCodeAwaitsMayBeOneTooMany() {
        assumeTrue(carrier == Carrier.PLATFORM, "only platform threads are counted")
        val before = System.getProperty(MAX)
        System.setProperty(MAX, "4")
        try {
            Runs.virtual(
                carrier,
                Coroutine {
                    val waits = Coroutine { Asyncio.await(Asyncio.sleep(100.s)) }
                    val tasks = List(8) { Asyncio.createTask(coroutine { waits.await() }) }
                    Asyncio.await(Asyncio.sleep(1.s))
                    val refused = tasks.filter { it.done() }
                    assertTrue(refused.size in 4..6, "${refused.size} were refused")
                    for (task in refused) assertTrue(MAX in task.exception()!!.message!!)
                },
            )
        } finally {
            if (before == null) System.clearProperty(MAX) else System.setProperty(MAX, before)
        }
    }

    // ---- the end of a loop that was made by hand

    @Test
    fun aTowerThatStillWaitsIsUnwoundWhenItsLoopIsClosed() {
        val loop = VirtualTimeLoop(carrier)
        loop.createTask(unwinding(4))
        loop.runUntilComplete(Asyncio.sleep(100.s))
        loop.close()
        // The Kotlin levels had been suspended, and their frames are not on any stack: the Java ones are unwound.
        assertTrue("0" in trace.events(), trace::toString)
        assertEquals(emptyList<Thread>(), Threads.ofTheSdk())
        assertEquals(emptyList<String>(), Threads.virtualOfTheSdk())
        AsyncioLog.expect("Task was destroyed but it is pending!")
    }

    private fun unwinding(level: Int): Coroutine<Unit> = if (level % 2 == 0) {
        Coroutine {
            try {
                Asyncio.await(Asyncio.sleep(1.s))
                if (level == 0) Asyncio.await(Asyncio.sleep(1000.s)) else Asyncio.await(unwinding(level - 1))
            } finally {
                trace.add("$level")
            }
        }
    } else {
        coroutine {
            sleep(1.seconds)
            unwinding(level - 1).await()
        }
    }

    /** Java code awaits Kotlin code that awaits Java code, all on one stack, and the Kotlin code wants to wait in its finally block. */
    @Test
    fun kotlinCodeOnTheStackOfAJavaBodyCannotWaitAnyMoreEither() {
        val loop = VirtualTimeLoop(carrier)
        loop.createTask(
            Coroutine {
                val inner = Coroutine { Asyncio.await(Asyncio.sleep(1000.s)) }
                val middle = coroutine {
                    try {
                        inner.await()
                    } finally {
                        trace.add("Kotlin finally")
                        sleep(1.days)
                        trace.add("not reached")
                    }
                }
                try {
                    Asyncio.await(middle)
                } finally {
                    trace.add("Java finally")
                }
            },
        )
        loop.runUntilComplete(Asyncio.sleep(1.s))
        loop.close()
        trace.`is`("Kotlin finally", "Java finally")
        assertEquals(emptyList<Thread>(), Threads.ofTheSdk())
        assertEquals(emptyList<String>(), Threads.virtualOfTheSdk())
        AsyncioLog.expect("Task was destroyed but it is pending!")
    }

    private companion object {
        const val MAX = "dev.asyncio.carrier.platform.max"
    }
}
