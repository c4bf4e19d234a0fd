package dev.asyncio.benchmarks

import java.util.concurrent.ThreadFactory

/** The JVM's virtual threads, by reflection: this code is compiled for Java 11. */
object VirtualThreads {
    private val factory: ThreadFactory by lazy {
        val builder = Thread::class.java.getMethod("ofVirtual").invoke(null)
        Class.forName("java.lang.Thread\$Builder").getMethod("factory").invoke(builder) as ThreadFactory
    }

    fun start(body: Runnable): Thread = factory.newThread(body).also(Thread::start)

    fun startAndJoin(count: Int, body: Runnable) = startAndJoin(Array(count) { body })

    fun startAndJoin(bodies: Array<Runnable>) {
        val threads = Array(bodies.size) { start(bodies[it]) }
        for (thread in threads) thread.join()
    }
}
