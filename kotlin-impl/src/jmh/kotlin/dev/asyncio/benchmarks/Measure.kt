package dev.asyncio.benchmarks

import org.openjdk.jmh.annotations.Mode
import org.openjdk.jmh.profile.GCProfiler
import org.openjdk.jmh.results.RunResult
import org.openjdk.jmh.runner.Runner
import org.openjdk.jmh.runner.options.OptionsBuilder
import org.openjdk.jmh.runner.options.TimeValue
import org.openjdk.jmh.runner.options.VerboseMode
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.util.concurrent.TimeUnit

/** A Java home to run benchmarks on. */
class Jdk(private val home: Path) {
    private val release: Map<String, String> = Files.readAllLines(home.resolve("release"))
        .mapNotNull { line -> line.split('=', limit = 2).takeIf { it.size == 2 } }
        .associate { (key, value) -> key to value.trim('"') }

    val version: String = release.getValue("JAVA_VERSION")
    val vendor: String = release["IMPLEMENTOR"] ?: ""
    val feature: Int = version.substringBefore('.').substringBefore('-').toInt()
    val launcher: String = home.resolve("bin").resolve("java").toString()

    /** The same for all contenders. */
    val flags: List<String> = buildList {
        add("-Xms$HEAP")
        add("-Xmx$HEAP")
        add("-XX:+AlwaysPreTouch") // else whoever comes first to a page pays for it
        add("--add-opens=java.base/java.lang=ALL-UNNAMED") // for a loop that schedules virtual threads
        if (feature >= WARNS_OF_UNSAFE) add("--sun-misc-unsafe-memory-access=allow") // JMH uses it
    }

    fun canRun(contender: String): Boolean = feature >= MIN_VIRTUAL || contender !in Contenders.NEED_VIRTUAL_THREADS

    private companion object {
        const val MIN_VIRTUAL = 21
        const val WARNS_OF_UNSAFE = 24
        const val HEAP = "4g" // a million suspended stacks fit in
    }
}

/** One fork of JMH; null if the contender failed, which JMH has said by then. */
fun measureByJmh(workload: Workload, contender: String, operations: Int, jdk: Jdk, effort: Effort): Row? {
    val iteration = TimeValue.milliseconds(effort.iterationMillis)
    val options = OptionsBuilder()
        .include("^" + Regex.escape(workload.benchmark.name) + "\\.run$")
        .param("contender", contender)
        .param("operations", operations.toString())
        .mode(Mode.AverageTime)
        .timeUnit(TimeUnit.NANOSECONDS)
        .warmupIterations(effort.warmUps)
        .warmupTime(iteration)
        .measurementIterations(effort.measurements)
        .measurementTime(iteration)
        .forks(1)
        .jvm(jdk.launcher)
        .jvmArgs(*jdk.flags.toTypedArray())
        .addProfiler(GCProfiler::class.java)
        .verbosity(VerboseMode.SILENT)
        .build()
    val result = Runner(options).run().singleOrNull() ?: return null
    return Row(
        workload.title,
        contender,
        jdk.feature.toString(),
        operations,
        result.primaryResult.statistics.min / operations,
        allocated(result, contender)?.div(operations),
        effort.measurements,
    )
}

/** What JMH's profiler says; it does not see what threads have allocated that have ended. */
private fun allocated(result: RunResult, contender: String): Double? {
    if (contender == Contenders.PLATFORM_THREADS) return null
    return result.secondaryResults["gc.alloc.rate.norm"]?.statistics?.min
}

/** One run of a workload's own program; null if it failed, which has been told by then. */
fun measureByProgram(workload: Workload, contender: String, size: Int, jdk: Jdk): Row? {
    val classPath = System.getProperty("java.class.path")
    val program = listOf("-cp", classPath, workload.benchmark.name, workload.title, contender, size.toString())
    val lines = linesOf(listOf(jdk.launcher) + jdk.flags + workload.flags + program) ?: return null
    val bytes = lines.getOrNull(1)?.toDouble()
    return Row(workload.title, contender, jdk.feature.toString(), size, lines[0].toDouble(), bytes, 1)
}

/** What the command prints; null if it cannot be run or fails. */
private fun linesOf(command: List<String>): List<String>? {
    val process =
        try {
            ProcessBuilder(command).redirectErrorStream(true).start()
        } catch (e: IOException) {
            println("    ${e.message}")
            return null
        }
    val lines = process.inputStream.bufferedReader().readLines()
    if (process.waitFor() == 0) return lines
    println("    " + (lines.lastOrNull() ?: "exit ${process.exitValue()}"))
    return null
}

/** Python's contenders: a process each. */
class Python(private val commands: List<String>) {
    private val script: Path by lazy {
        val copy = Files.createTempFile("workloads", ".py")
        copy.toFile().deleteOnExit()
        Python::class.java.getResourceAsStream("workloads.py")!!.use {
            Files.copy(it, copy, StandardCopyOption.REPLACE_EXISTING)
        }
        copy
    }

    private val commandOf = HashMap<String, String?>()

    private val versionOf = HashMap<String, String>()

    /** How Python is called for this contender, [Contenders.CPYTHON] or [Contenders.UVLOOP]; null where there is none. */
    fun commandFor(contender: String): String? = commandOf.getOrPut(contender) { find(contender) }

    /** Null where there is no such Python. */
    fun measure(workload: Workload, contender: String, operations: Int, effort: Effort): Row? {
        val command = commandFor(contender) ?: return null
        val rounds = if (effort.quick) QUICK_ROUNDS else effort.measurements
        val lines = run(command, contender, workload.title, operations.toString(), rounds.toString()) ?: return null
        val bytes = lines.getOrNull(1)?.toDouble()
        val version = versionOf.getValue(contender)
        return Row(workload.title, contender, "", operations, lines[0].toDouble(), bytes, rounds, version = version)
    }

    private fun find(contender: String): String? = commands.firstOrNull { command ->
        val version = run(command, contender, "version")?.single() ?: return@firstOrNull false
        versionOf[contender] = version
        true
    }

    private fun run(command: String, vararg arguments: String): List<String>? =
        linesOf(listOf(command, script.toString(), *arguments))

    companion object {
        val COMMANDS = listOf("python3.13", "python3", "/usr/bin/python3")
        private const val QUICK_ROUNDS = 2
    }
}
