package dev.asyncio.benchmarks.io

import dev.asyncio.benchmarks.Report.Companion.number
import dev.asyncio.benchmarks.Report.Companion.ratio
import dev.asyncio.benchmarks.Row

/** What the echo servers did, as Markdown: a table for each JDK and workload. */
internal class EchoReport(private val rows: List<Row>) {
    fun toMarkdown(): String = buildString {
        appendLine("## echo")
        appendLine()
        appendLine(
            "One operation: a request over loopback that is answered with the same bytes, which are compared. Each server is a",
        )
        appendLine(
            "process of its own; a program in C on one thread keeps its connections busy, each with one request at a time. Values are the",
        )
        appendLine(
            "medians of the rounds; the time of the processor is that of the whole process of the server. `×` is the contender's",
        )
        appendLine(
            "requests per second divided by those of the column's; with one connection they are its latency's inverse. JVMs run with",
        )
        appendLine("`${EchoPart.HEAP.joinToString(" ")}`.")
        appendLine()
        appendLine("![Requests per second]($PLOT)")
        val others = rows.filter { it.jdk.isEmpty() }
        for ((jdk, here) in rows.filter { it.jdk.isNotEmpty() }.groupBy { it.jdk }) {
            for (workload in EchoWorkload.values()) {
                val of = (here + others).filter { it.workload == workload.title }
                if (of.isEmpty()) continue
                appendLine()
                append(jdk, workload, of)
            }
        }
        appendLine()
        appendLine("The servers:")
        appendLine()
        for ((name, text) in EchoContenders.DESCRIPTIONS) appendLine("- `$name`: $text")
    }

    private fun StringBuilder.append(jdk: String, workload: EchoWorkload, rows: List<Row>) {
        val references = EchoContenders.REFERENCES.mapNotNull { name -> rows.find { it.contender == name } }
        appendLine(
            "| JDK $jdk, ${workload.what} | requests/s | p50 µs | p99 µs | CPU µs |" +
                references.joinToString("") { " × ${it.contender} |" },
        )
        appendLine("| --- |" + " ---: |".repeat(FIGURES + references.size))
        for (row in rows) {
            val service = row.service ?: continue
            val figures = listOf(
                number(EchoPart.NANOS_PER_SECOND / row.nanos),
                number(service.medianNanos / EchoPart.NANOS_PER_MICRO),
                number(service.percentile99Nanos / EchoPart.NANOS_PER_MICRO),
                number(service.cpuNanos / EchoPart.NANOS_PER_MICRO),
            )
            val ratios = references.map { if (it === row) "" else ratio(it.nanos / row.nanos) }
            appendLine("| ${row.contender} | " + (figures + ratios).joinToString(" | ") + " |")
        }
    }

    companion object {
        const val PLOT = "benchmarks-echo.svg"
        private const val FIGURES = 4
    }
}
