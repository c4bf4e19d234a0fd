package dev.asyncio.benchmarks

import org.openjdk.jmh.annotations.Mode
import org.openjdk.jmh.profile.GCProfiler
import org.openjdk.jmh.results.RunResult
import org.openjdk.jmh.runner.Runner
import org.openjdk.jmh.runner.options.OptionsBuilder
import org.openjdk.jmh.runner.options.TimeValue
import org.openjdk.jmh.runner.options.VerboseMode
import java.nio.file.Files
import java.nio.file.Path
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
        add("-Xms2g")
        add("-Xmx2g")
        add("--add-opens=java.base/java.lang=ALL-UNNAMED") // for a loop that schedules virtual threads
        if (feature >= WARNS_OF_UNSAFE) add("--sun-misc-unsafe-memory-access=allow") // JMH uses it
    }

    fun canRun(contender: String): Boolean = feature >= MIN_VIRTUAL || contender !in Contenders.NEED_VIRTUAL_THREADS

    private companion object {
        const val MIN_VIRTUAL = 21
        const val WARNS_OF_UNSAFE = 24
    }
}

/** One fork of JMH; null if the contender failed, which JMH has said by then. */
fun measureOnJvm(workload: Workload, contender: String, jdk: Jdk, effort: Effort): Row? {
    val operations = workload.operations(contender, effort.quick)
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

/** Python's contenders: a process each. */
class Python(private val command: String) {
    private val script: Path by lazy {
        val copy = Files.createTempFile("workloads", ".py")
        copy.toFile().deleteOnExit()
        Python::class.java.getResourceAsStream("workloads.py")!!.use {
            Files.copy(it, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING)
        }
        copy
    }

    /** Version by contender, of those that have run. */
    val versions = LinkedHashMap<String, String>()

    /** Null where there is no such Python. */
    fun measure(workload: Workload, contender: String, effort: Effort): Row? {
        val operations = workload.operations(contender, effort.quick)
        val rounds = if (effort.quick) QUICK_ROUNDS else effort.measurements
        val lines = run(contender, workload.title, operations.toString(), rounds.toString()) ?: return null
        versions[contender] = lines[0]
        return Row(workload.title, contender, "", operations, lines[1].toDouble(), null, rounds)
    }

    private fun run(vararg arguments: String): List<String>? {
        val process =
            try {
                ProcessBuilder(command, script.toString(), *arguments).redirectErrorStream(true).start()
            } catch (e: java.io.IOException) {
                println("    no $command: ${e.message}")
                return null
            }
        val lines = process.inputStream.bufferedReader().readLines()
        if (process.waitFor() == 0) return lines
        println("    " + (lines.lastOrNull() ?: "exit ${process.exitValue()}"))
        return null
    }

    private companion object {
        const val QUICK_ROUNDS = 2
    }
}
