package dev.asyncio.benchmarks.io

import dev.asyncio.benchmarks.Contenders
import dev.asyncio.benchmarks.Jdk
import dev.asyncio.benchmarks.Options
import dev.asyncio.benchmarks.Part
import dev.asyncio.benchmarks.Python
import dev.asyncio.benchmarks.Results
import dev.asyncio.benchmarks.Row
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path

/**
 * Echo servers. Each is a process of its own; one and the same program outside keeps one after the other busy. Rounds are
 * interleaved, and what counts is the best second of all rounds, as it is JMH's best iteration elsewhere: whatever else goes on
 * on the machine only takes.
 */
internal object EchoPart : Part {
    override val title = "echo"
    override val workloads = EchoWorkload.values().map { it.title }
    override val contenders = EchoContenders.ALL

    /** Small enough for the young generation to be used again and again, as in a server that has run for a while. */
    val HEAP = listOf("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch")

    override fun measure(options: Options, results: Results, python: Python): Set<String> {
        val load = try {
            Load.compile()
        } catch (e: IOException) {
            println("No echo servers are measured: ${e.message}")
            return emptySet()
        }
        val effort = EchoEffort.of(options)
        val servers = contenders.filter(options::wants).flatMap { servers(it, options.jdks, python) }
        val measured = LinkedHashMap<Pair<EchoWorkload, Server>, MutableList<Load.Measured>>()
        val failed = LinkedHashSet<String>()
        repeat(effort.rounds) { round ->
            for (server in servers) {
                println("[${round + 1}/${effort.rounds}] echo of $server")
                try {
                    for ((workload, seconds) in server.measure(load, effort)) {
                        show(workload, best(seconds))
                        measured.getOrPut(workload to server, ::ArrayList).addAll(seconds)
                    }
                } catch (e: IOException) {
                    println("    ${e.message}")
                    failed += "echo $server"
                }
            }
        }
        for ((key, seconds) in measured) results.add(row(key.first, key.second, seconds))
        return failed
    }

    private fun servers(contender: String, jdks: List<Jdk>, python: Python): List<Server> {
        val arguments = EchoContenders.OF_PYTHON[contender]
            ?: return jdks.filter { EchoContenders.runsOn(contender, it.feature) }
                .map { Server(contender, it.feature.toString(), jvmCommand(contender, it)) }
        val command = python.commandFor(arguments.first()) ?: return emptyList()
        return listOf(Server(contender, "", listOf(command, script.toString()) + arguments))
    }

    private fun jvmCommand(contender: String, jdk: Jdk): List<String> = listOf(jdk.launcher) + HEAP +
        EchoContenders.jvmFlags(contender) +
        listOf("-cp", System.getProperty("java.class.path"), EchoServer::class.java.name, contender)

    private val script: Path by lazy {
        val copy = Files.createTempFile("echo", ".py")
        copy.toFile().deleteOnExit()
        Load.copyResource("echo.py", copy)
        copy
    }

    private class Server(val contender: String, val jdk: String, private val command: List<String>) {
        fun measure(load: Load, effort: EchoEffort): Map<EchoWorkload, List<Load.Measured>> {
            val process = ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start()
            try {
                val port = process.inputStream.bufferedReader().readLine()?.toInt()
                    ?: throw IOException("the server does not start")
                var warmUp = if (jdk.isEmpty()) effort.warmUp else effort.firstWarmUp
                return EchoWorkload.values().associateWith { workload ->
                    List(effort.measurements) {
                        val result = load.run(port, process.pid(), workload, warmUp, effort.measurement)
                        warmUp = EchoEffort.SETTLING
                        result
                    }.also { warmUp = effort.warmUp }
                }
            } finally {
                process.destroyForcibly()
                process.waitFor()
            }
        }

        override fun toString(): String = contender + if (jdk.isEmpty()) "" else " on JDK $jdk"
    }

    private fun show(workload: EchoWorkload, result: Load.Measured) {
        val service = result.service
        println(
            "    %s: %,.0f requests/s, p50 %.1f µs, p99 %.1f µs, CPU %.2f µs".format(
                workload.what,
                result.requestsPerSecond,
                service.medianNanos / NANOS_PER_MICRO,
                service.percentile99Nanos / NANOS_PER_MICRO,
                service.cpuNanos / NANOS_PER_MICRO,
            ),
        )
    }

    private fun best(measured: List<Load.Measured>) = measured.maxByOrNull { it.requestsPerSecond }!!

    private fun row(workload: EchoWorkload, server: Server, seconds: List<Load.Measured>): Row {
        val best = best(seconds)
        val nanos = NANOS_PER_SECOND / best.requestsPerSecond
        return Row(
            workload.title,
            server.contender,
            server.jdk,
            workload.connections,
            nanos,
            null,
            seconds.size,
            best.service,
        )
    }

    override fun toMarkdown(rows: List<Row>): String = EchoReport(rows).toMarkdown()

    override fun plots(rows: List<Row>): Map<String, String> = mapOf(EchoReport.PLOT to EchoPlot(rows).toSvg())

    const val NANOS_PER_MICRO = 1e3
    const val NANOS_PER_SECOND = 1e9
}
