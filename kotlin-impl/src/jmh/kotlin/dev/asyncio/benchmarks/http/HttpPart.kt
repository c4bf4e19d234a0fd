package dev.asyncio.benchmarks.http

import dev.asyncio.benchmarks.Options
import dev.asyncio.benchmarks.Part
import dev.asyncio.benchmarks.Python
import dev.asyncio.benchmarks.Results
import dev.asyncio.benchmarks.Row
import dev.asyncio.benchmarks.Service
import java.io.File
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.Paths

/**
 * HTTP servers that say hello, the samples among them. Each is a process of its own, which wrk keeps busy. Rounds are
 * interleaved, and what counts is the median of the rounds.
 */
internal object HttpPart : Part {
    override val title = "http"
    override val workloads = listOf("http")
    override val contenders = HttpContenders.DESCRIPTIONS.keys.toList()

    const val CONNECTIONS = 64
    const val NANOS_PER_SECOND = 1e9
    val HEAP = listOf("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch")

    override fun measure(options: Options, results: Results, python: Python): Set<String> {
        val wanted = contenders.filter(options::wants)
        val missing = missing(wanted)
        if (missing != null) {
            println("No HTTP servers are measured: $missing")
            return emptySet()
        }
        val rounds = options.rounds ?: if (options.effort.quick) 1 else DEFAULT_ROUNDS
        val servers = wanted.flatMap { servers(it, options) }
        val measured = LinkedHashMap<Server, MutableList<Wrk>>()
        val failed = LinkedHashSet<String>()
        repeat(rounds) { round ->
            for (server in servers) {
                println("[${round + 1}/$rounds] http of $server")
                try {
                    val wrk = server.measure(options.effort.quick)
                    println("    %,.0f requests/s".format(wrk.requestsPerSecond))
                    measured.getOrPut(server, ::ArrayList).add(wrk)
                } catch (e: IOException) {
                    println("    ${e.message}")
                    failed += "http $server"
                }
            }
        }
        for ((server, of) in measured) results.add(row(server, of))
        return failed
    }

    /** What keeps this from being measured; null if nothing does. */
    private fun missing(wanted: List<String>): String? {
        if (wanted.isEmpty()) return "none is wanted"
        try {
            ProcessBuilder("wrk", "-v").redirectErrorStream(true).start().inputStream.readAllBytes()
        } catch (e: IOException) {
            return "wrk is not installed (${e.message})"
        }
        val files = HttpContenders.MODULES.values.map(::classPathFile).filterNot(Files::exists)
        return if (files.isEmpty()) null else "${files.first()} is missing; `${HttpContenders.PREPARE}` writes it"
    }

    private fun classPathFile(module: String): Path = Paths.get(module, "target", "classpath.txt")

    private fun servers(contender: String, options: Options): List<Server> {
        val module = HttpContenders.MODULES[contender]
        if (module != null) {
            val target = Paths.get(module, "target").toAbsolutePath()
            val libraries = Files.readString(classPathFile(module)).trim()
            val classPath = listOf("$target/test-classes", "$target/classes", libraries)
                .joinToString(File.pathSeparator)
            val program = listOf("-cp", classPath, HttpContenders.PROGRAMS.getValue(contender), "--port", "0")
            return options.jdks.map { Server(contender, it.feature.toString(), listOf(it.launcher) + HEAP + program) }
        }
        val command = options.python.firstOrNull { canServe(it) } ?: return emptyList()
        val loop = HttpContenders.LOOPS.getValue(contender)
        return listOf(Server(contender, "", listOf(command, script.toString(), loop)))
    }

    private fun canServe(python: String): Boolean = try {
        val imports = ProcessBuilder(python, "-c", "import aiohttp, uvloop").redirectErrorStream(true).start()
        imports.inputStream.readAllBytes()
        imports.waitFor() == 0
    } catch (_: IOException) {
        false
    }

    private val script: Path by lazy {
        val copy = Files.createTempFile("hello", ".py")
        copy.toFile().deleteOnExit()
        HttpPart::class.java.getResourceAsStream("hello.py")!!.use { from ->
            Files.newOutputStream(copy).use { from.copyTo(it) }
        }
        copy
    }

    private class Server(val contender: String, val jdk: String, private val command: List<String>) {
        fun measure(quick: Boolean): Wrk {
            val process = ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start()
            try {
                val port = process.inputStream.bufferedReader().readLine()?.substringAfterLast(':')?.toInt()
                    ?: throw IOException("the server does not start")
                Wrk.run(port, if (quick || jdk.isEmpty()) 2 else 10, process.toHandle())
                return Wrk.run(port, if (quick) 2 else 5, process.toHandle())
            } finally {
                process.destroyForcibly()
                process.waitFor()
            }
        }

        override fun toString(): String = contender + if (jdk.isEmpty()) "" else " on JDK $jdk"
    }

    /** The median of each value. */
    private fun row(server: Server, rounds: List<Wrk>): Row {
        fun median(value: (Wrk) -> Double): Double = rounds.map(value).sorted().let { sorted ->
            (sorted[(sorted.size - 1) / 2] + sorted[sorted.size / 2]) / 2
        }
        val service = Service(median { it.medianNanos }, median { it.percentile99Nanos }, median { it.cpuNanos })
        val nanos = NANOS_PER_SECOND / median { it.requestsPerSecond }
        return Row(workloads.single(), server.contender, server.jdk, CONNECTIONS, nanos, null, rounds.size, service)
    }

    override fun toMarkdown(rows: List<Row>): String = HttpReport(rows).toMarkdown()

    override fun plots(rows: List<Row>): Map<String, String> = emptyMap()

    private const val DEFAULT_ROUNDS = 3
}
