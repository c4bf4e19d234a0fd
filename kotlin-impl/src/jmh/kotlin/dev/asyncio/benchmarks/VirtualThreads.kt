package dev.asyncio.benchmarks

import java.util.concurrent.ThreadFactory

/** The JVM's virtual threads, by reflection: this code is compiled for Java 11. */
object VirtualThreads {
    private val factory: ThreadFactory by lazy {
        val builder = Thread::class.java.getMethod("ofVirtual").invoke(null)
        Class.forName("java.lang.Thread\$Builder").getMethod("factory").invoke(builder) as ThreadFactory
    }

    fun startAndJoin(count: Int, body: Runnable) {
        val threads = Array(count) { factory.newThread(body).also(Thread::start) }
        for (thread in threads) thread.join()
    }

    fun startAndJoin(vararg bodies: Runnable) {
        val threads = Array(bodies.size) { factory.newThread(bodies[it]).also(Thread::start) }
        for (thread in threads) thread.join()
    }
}
