package dev.asyncio.benchmarks

import java.io.File
import java.nio.file.Files
import java.nio.file.Path
import java.util.Locale

/** The rows as Markdown: times, bytes, and how the SDK compares with the others on the same JDK. */
class Report(private val rows: List<Row>, private val machine: List<String>) {
    fun save(file: Path) {
        Files.write(file, toMarkdown().lines())
    }

    fun toMarkdown(): String = buildString {
        appendLine("# Benchmarks")
        appendLine()
        appendLine(
            "Written by `mvn -q -pl kotlin-impl -am -Pbenchmarks verify`. Nanoseconds and allocated bytes are those of an",
        )
        appendLine(
            "operation, in the best iteration of JMH over all forks. `×` is the contender's time divided by that of the",
        )
        appendLine("column's, on the same JDK.")
        appendLine()
        appendLine("![Nanoseconds of an operation](benchmarks.svg)")
        appendLine()
        appendLine("![Nanoseconds of an operation by the number of tasks](benchmarks-growth.svg)")
        appendLine()
        for (line in machine + describePython()) appendLine("- $line")
        for (workload in Workload.values()) {
            val of = rows.filter { it.workload == workload.title }
            if (of.isNotEmpty()) append(workload, of)
        }
        for (part in Part.ALL) {
            val of = rows.filter { it.workload in part.workloads }
            if (of.isEmpty()) continue
            appendLine()
            append(part.toMarkdown(of))
        }
        appendLine()
        appendLine("## Contenders")
        appendLine()
        for ((name, text) in Contenders.DESCRIPTIONS) appendLine("- `$name`: $text")
    }

    private fun describePython(): Set<String> = rows.filter { it.version.isNotEmpty() }
        .map { (if (it.contender == Contenders.UVLOOP) "uvloop " else "CPython ") + it.version }
        .toSortedSet()

    private fun StringBuilder.append(workload: Workload, rows: List<Row>) {
        appendLine()
        appendLine("## ${workload.title}")
        appendLine()
        val flags = workload.flags
        val with = if (flags.isEmpty()) "" else " JVMs run with `${flags.joinToString(" ")}`."
        appendLine("One operation: ${workload.operation}.$with")
        val others = rows.filter { it.jdk.isEmpty() }
        for ((jdk, here) in rows.filter { it.jdk.isNotEmpty() }.groupBy { it.jdk }) {
            appendLine()
            if (workload.isSized) appendSizes(jdk, here + others) else appendRatios(jdk, here + others)
        }
    }

    private fun StringBuilder.appendRatios(jdk: String, rows: List<Row>) {
        val references = REFERENCES.filter { name -> rows.any { it.contender == name } }
        appendLine("| JDK $jdk | ns | bytes |" + references.joinToString("") { " × $it |" })
        appendLine("| --- |" + " ---: |".repeat(2 + references.size))
        for (row in rows) {
            val ratios = references.joinToString("") { name ->
                val reference = rows.first { it.contender == name }
                " " + (if (reference === row) "" else ratio(row.nanos / reference.nanos)) + " |"
            }
            appendLine("| ${row.contender} | ${number(row.nanos)} | ${row.bytes?.let(::number) ?: ""} |$ratios")
        }
    }

    /** A column for each size: bytes where they are what counts, else nanoseconds and by how much they grow. */
    private fun StringBuilder.appendSizes(jdk: String, rows: List<Row>) {
        val sizes = rows.map { it.operations }.distinct().sorted()
        val bytes = rows.any { it.bytes != null }
        val unit = if (bytes) "bytes" else "ns"
        appendLine(
            "| JDK $jdk |" + sizes.joinToString("") {
                " $unit, %,d |".format(it)
            } + if (bytes) "" else " growth |",
        )
        appendLine("| --- |" + " ---: |".repeat(sizes.size + if (bytes) 0 else 1))
        for ((contender, of) in rows.groupBy { it.contender }) {
            val values = sizes.map { size ->
                of.find { it.operations == size }?.let { if (bytes) it.bytes else it.nanos }
            }
            append("| $contender |" + values.joinToString("") { " ${it?.let(::number) ?: ""} |" })
            val known = values.filterNotNull()
            appendLine(if (bytes) "" else " × ${ratio(known.last() / known.first())} |")
        }
    }

    companion object {
        private val REFERENCES = listOf(
            Contenders.KOTLINX,
            Contenders.VIRTUAL_THREADS,
            Contenders.PLATFORM_THREADS,
            Contenders.CPYTHON,
            Contenders.UVLOOP,
        )

        /** As it stands in a table. */
        fun number(value: Double): String =
            if (value < 100) "%.1f".format(Locale.ROOT, value) else "%,.0f".format(Locale.ROOT, value)

        /** As it stands in a table. */
        fun ratio(value: Double): String = "%.${if (value < 0.1) 3 else 2}f".format(Locale.ROOT, value)

        /** Facts about the machine and the software on it. */
        fun describeMachine(jdks: List<Jdk>): List<String> {
            val cpu = File("/proc/cpuinfo").takeIf(File::exists)
                ?.useLines { lines -> lines.firstOrNull { it.startsWith("model name") } }
                ?.substringAfter(':')?.trim()
            val system = System.getProperty("os.name") + " " + System.getProperty("os.version")
            val cores = Runtime.getRuntime().availableProcessors()
            return buildList {
                add("${cpu ?: System.getProperty("os.arch")}, $cores cores, $system")
                for (jdk in jdks) add("JDK ${jdk.version} (${jdk.vendor}), ${jdk.flags.take(2).joinToString(" ")}")
                add("Kotlin ${KotlinVersion.CURRENT}, kotlinx.coroutines ${coroutinesVersion()}")
            }
        }

        private fun coroutinesVersion(): String {
            val resource = "META-INF/kotlinx_coroutines_core.version"
            return Report::class.java.classLoader.getResource(resource)?.readText()?.trim() ?: "unknown"
        }
    }
}
