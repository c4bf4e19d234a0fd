package dev.asyncio.support

import dev.asyncio.Asyncio
import dev.asyncio.VoidCoroutine
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test
import java.io.File
import java.nio.channels.ServerSocketChannel
import java.time.Duration
import java.util.concurrent.CountDownLatch
import java.util.logging.Level
import java.util.logging.Logger

/** The checks that follow every test do find what they look for. */
class LeftoversTest {
    @Test
    fun aCleanTestLeavesNothing() {
        Runs.virtual(VoidCoroutine { Asyncio.await(Asyncio.sleep(Duration.ofSeconds(1))) })
        assertEquals(emptyList<String>(), found())
    }

    @Test
    fun anOpenLoopIsFoundWithTheTasksInIt() {
        val loop = Asyncio.newEventLoop()
        loop.createTask(VoidCoroutine { Asyncio.await(loop.createFuture<Any>()) }, "forgotten")
        loop.callSoon(loop::stop)
        loop.runForever()
        val found = found()
        assertTrue(found[0].startsWith("an open loop: $loop".substringBefore(" running")), found::toString)
        assertTrue("<Task 'forgotten' pending" in found[0], found::toString)
        assertTrue("Task was destroyed but it is pending!" in found[1], found::toString)
        assertEquals(2, found.size)
    }

    @Test
    fun aThreadOfTheSdkIsFound() {
        val end = CountDownLatch(1)
        val thread = Thread(end::await, "asyncio-test-leak")
        thread.start()
        val found = Leftovers.end(graceSeconds = 0)
        Leftovers.begin()
        end.countDown()
        assertTrue(found.single().startsWith("a thread: Thread["), found::toString)
        assertTrue("asyncio-test-leak" in found.single(), found::toString)
    }

    @Test
    fun aProcessIsFound() {
        Programs.assumeInstalled("sleep")
        val process = ProcessBuilder("sleep", "1000").start()
        val found = Leftovers.end(graceSeconds = 0)
        Leftovers.begin()
        process.destroyForcibly().waitFor()
        assertTrue(found.single().startsWith("a process: ${process.pid()} "), found::toString)
    }

    @Test
    fun aVirtualThreadOfTheSdkIsFound() {
        Jdk.assumeAtLeast(21, "virtual threads")
        val end = CountDownLatch(1)
        val thread = Thread::class.java.getMethod("startVirtualThread", Runnable::class.java)
            .invoke(null, Runnable { end.await() }) as Thread
        thread.name = "asyncio-test-leak"
        assertEquals(listOf("asyncio-test-leak"), Threads.virtualOfTheSdk())
        end.countDown()
        thread.join()
    }

    @Test
    fun aWarningThatNobodyExpectedIsFound() {
        val log = Logger.getLogger("asyncio")
        log.info("not worth a word")
        log.warning("expected")
        log.warning("not expected")
        AsyncioLog.expect("expected")
        assertEquals(listOf("a log record nobody expected: WARNING not expected"), found())
    }

    @Test
    fun aSlowStepIsNoneOfThemUnlessTheTestWantsIt() {
        val log = Logger.getLogger("asyncio")
        val text = "Executing {0} took {1} seconds"
        log.log(Level.WARNING, text, arrayOf("one", "1"))
        AsyncioLog.keepSlowSteps()
        log.log(Level.WARNING, text, arrayOf("another", "1"))
        assertEquals(listOf("a log record nobody expected: WARNING Executing another took 1 seconds"), found())
    }

    @Test
    fun anExceptionThatEndedAThreadIsFound() {
        val thread = Thread({ throw IllegalStateException("nobody caught me") }, "dies")
        thread.start()
        thread.join()
        val found = found()
        assertTrue("IllegalStateException: nobody caught me" in found.single(), found::toString)
    }

    @Test
    fun anOpenSocketIsFound() {
        assumeTrue(File("/proc/self/fd").isDirectory, "the system does not list open files")
        val socket = ServerSocketChannel.open().bind(null)
        val found = found()
        socket.close()
        assertTrue(found.single().startsWith("an open socket:["), found::toString)
    }

    @Test
    fun theInterruptFlagIsFound() {
        Thread.currentThread().interrupt()
        assertEquals(listOf("the interrupt flag of the test's thread"), found())
    }

    @Test
    fun aLoopThatStaysSetIsFound() {
        val loop = Asyncio.newEventLoop()
        loop.close()
        Asyncio.setEventLoop(loop)
        assertEquals(listOf("a loop given to setEventLoop: $loop"), found())
    }

    /** What is there now; the test that calls this is clean afterwards. */
    private fun found(): List<String> = Leftovers.end().also { Leftovers.begin() }
}
