package dev.asyncio.benchmarks

import java.util.Locale
import kotlin.system.exitProcess

/**
 * Measures all contenders of all workloads and writes `benchmarks.csv`, `benchmarks.md` and plots.
 *
 * Rounds are interleaved: each measures every contender once, in a JVM of its own, and the best counts, so that what else the
 * machine does meanwhile falls on nobody in particular. Rows of contenders and JDKs that are not measured stay in the files.
 */
object BenchmarksMain {
    @JvmStatic
    fun main(arguments: Array<String>) {
        Locale.setDefault(Locale.ROOT)
        when (arguments.firstOrNull()) {
            "jmh" -> return org.openjdk.jmh.Main.main(arguments.copyOfRange(1, arguments.size))
            "help" -> return println("What there is:${Options.USAGE}")
        }
        val options =
            try {
                Options.parse(arguments)
            } catch (e: IllegalArgumentException) {
                System.err.println("${e.message}; what there is:${Options.USAGE}")
                exitProcess(2)
            }
        val results = Results(options.out.resolve("benchmarks.csv"))
        val python = Python(options.python)
        val failed = measureAll(options, results, python) +
            options.parts.flatMap { it.measure(options, results, python) }
        results.save()
        val report = Report(results.rows(), Report.describeMachine(options.jdks))
        report.save(options.out.resolve("benchmarks.md"))
        Plots(results.rows()).save(options.out)
        println(report.toMarkdown())
        if (failed.isNotEmpty()) {
            System.err.println("Failed: $failed")
            exitProcess(1)
        }
    }

    /** Returns what could not be measured and should have been. */
    private fun measureAll(options: Options, results: Results, python: Python): Set<String> {
        val failed = LinkedHashSet<String>()
        val absent = HashSet<String>()
        val effort = options.effort
        repeat(effort.rounds) { round ->
            for (workload in options.workloads) {
                for (contender in workload.contenders.filter(options::wants)) {
                    if (contender in absent) continue
                    val jdks = if (contender in
                        Contenders.OF_PYTHON
                    ) {
                        NO_JDK
                    } else {
                        options.jdks.filter { it.canRun(contender) }
                    }
                    for (jdk in jdks) {
                        for (size in workload.sizesFor(contender, effort.quick)) {
                            progress(round, effort, workload, contender, size, jdk)
                            val row = measure(workload, contender, size, jdk, effort, python)
                            when {
                                row != null -> show(row, results.add(row))
                                jdk == null -> absent += contender
                                else -> failed += "${workload.title} $contender"
                            }
                        }
                    }
                }
            }
        }
        return failed
    }

    private val NO_JDK = listOf<Jdk?>(null)

    private fun measure(
        workload: Workload,
        contender: String,
        size: Int,
        jdk: Jdk?,
        effort: Effort,
        python: Python,
    ): Row? = when {
        jdk == null -> python.measure(workload, contender, size, effort)
        workload.isSized -> measureByProgram(workload, contender, size, jdk)
        else -> measureByJmh(workload, contender, size, jdk, effort)
    }

    private fun progress(
        round: Int,
        effort: Effort,
        workload: Workload,
        contender: String,
        size: Int,
        jdk: Jdk?,
    ) {
        val of = if (workload.isSized) " of $size" else ""
        val where = if (jdk == null) "" else " on JDK ${jdk.feature}"
        println("[${round + 1}/${effort.rounds}] ${workload.title}$of $contender$where")
    }

    private fun show(now: Row, best: Row) {
        val bytes = now.bytes?.let { ", %.0f bytes".format(it) } ?: ""
        println("    %.1f ns%s; best so far %.1f ns".format(now.nanos, bytes, best.nanos))
    }
}
