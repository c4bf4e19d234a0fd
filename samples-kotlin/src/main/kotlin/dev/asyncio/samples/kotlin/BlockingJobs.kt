package dev.asyncio.samples.kotlin

import dev.asyncio.Asyncio
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.sleep
import java.util.concurrent.Callable
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.Executors

/**
 * Six jobs that block for 0.5 s each, through a pool of three threads: two rounds, and the loop stays free.
 *
 * Mirrors `python/blocking_jobs.py` among the test resources of the Java samples.
 */
fun main() = asyncio {
    val loop = Asyncio.getRunningLoop()
    val threads = ConcurrentHashMap.newKeySet<Thread>()
    val pool = Executors.newFixedThreadPool(3)
    try {
        val jobs = (1..6).map { number -> loop.runInExecutor(pool, Callable { job(number, threads) }) }
        println("main: six jobs are under way, the loop is free")
        for (result in gather(jobs)) {
            println("$result: done")
        }
    } finally {
        pool.shutdown()
    }
    println("main: ${threads.size} threads did it all")
}

private fun job(number: Int, threads: MutableSet<Thread>): String {
    threads += Thread.currentThread()
    Thread.sleep(500)
    return "job $number"
}
