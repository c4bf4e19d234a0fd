package dev.asyncio.samples.kotlin

import com.hazelcast.client.HazelcastClient
import com.hazelcast.client.config.ClientConfig
import com.hazelcast.core.HazelcastInstance
import dev.asyncio.ReturnWhen
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.inExecutor
import dev.asyncio.coroutines.toThread
import dev.asyncio.coroutines.wait
import dev.asyncio.subprocess.AsyncProcess
import dev.asyncio.subprocess.Stdio
import dev.asyncio.subprocess.Subprocess
import dev.asyncio.subprocess.SubprocessOptions
import java.io.File
import java.math.BigInteger
import java.net.ServerSocket
import java.net.URLClassLoader
import java.nio.file.Path
import java.util.concurrent.ExecutorService

/**
 * asyncio's ProcessPoolExecutor: jobs are computed in two other processes, here Hazelcast's members on this machine. One
 * of them is killed in the middle of a job.
 */
fun main() = asyncio {
    val one = freePort()
    val two = freePort()
    val members = gather(coroutine { startMember(one, two) }, coroutine { startMember(two, one) })
    val cluster = toThread { connect(one, two) }
    try {
        val pool = cluster.getExecutorService("jobs")
        compute(pool)
        loseAProcess(pool, members)
        compute(pool)
    } finally {
        toThread { cluster.shutdown() }
        for (member in members) {
            member.stdin()?.close()
            member.waitFor().await()
        }
    }
}

// @start region="process-pool"
private suspend fun compute(pool: ExecutorService) {
    val factorial = inExecutor(pool, @JvmSerializableLambda { factorial(25) })
    val pid = inExecutor(pool, @JvmSerializableLambda { ProcessHandle.current().pid() })
    println("25! = $factorial")
    println("elsewhere: ${pid != ProcessHandle.current().pid()}")
}

private suspend fun loseAProcess(pool: ExecutorService, members: List<AsyncProcess>) {
    val lost = createTask {
        inExecutor(
            pool,
            @JvmSerializableLambda {
                println("it is me who has the job")
                Thread.sleep(5_000)
            },
        )
    }
    val words = members.map { member -> createTask { member.stdout()?.readLine()?.await() } }
    val speakers = wait(words, returnWhen = ReturnWhen.FIRST_COMPLETED).done()
    members[words.indexOfFirst { it in speakers }].kill()
    try {
        lost.await()
        println("another process has done the job anew")
    } catch (e: Exception) {
        println("the job is lost with its process: ${e.javaClass.simpleName}")
    }
    for (word in words) word.cancel()
}

private suspend fun startMember(vararg ports: String): AsyncProcess {
    val java = Path.of(System.getProperty("java.home"), "bin", "java").toString()
    val pipes = SubprocessOptions.PIPES.withStderr(Stdio.INHERIT)
    val member = Subprocess.exec(
        pipes,
        java,
        "-cp",
        classPath(),
        "dev.asyncio.samples.kotlin.PoolMemberKt",
        *ports,
    ).await()
    val ready = member.stdout()?.readLine()?.await()
    check(ready?.isNotEmpty() == true) { "member ${ports[0]} has ended with ${member.waitFor().await()}" }
    return member
}

private fun connect(vararg ports: String): HazelcastInstance {
    val config = ClientConfig().setProperty("hazelcast.logging.type", "none")
    for (port in ports) config.networkConfig.addAddress("127.0.0.1:$port")
    return HazelcastClient.newHazelcastClient(config)
}
// @end

private fun factorial(n: Int): BigInteger = (1..n).fold(BigInteger.ONE) { product, i -> product * i.toBigInteger() }

/** This program's own; a build tool that runs it has it in a class loader and not in the JVM's property. */
private fun classPath(): String {
    val loader = object {}.javaClass.classLoader as? URLClassLoader ?: return System.getProperty("java.class.path")
    return loader.urLs.joinToString(File.pathSeparator) { Path.of(it.toURI()).toString() }
}

private fun freePort() = ServerSocket(0).use { "${it.localPort}" }
