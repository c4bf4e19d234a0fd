package dev.asyncio.benchmarks.http

import dev.asyncio.benchmarks.Report.Companion.number
import dev.asyncio.benchmarks.Report.Companion.ratio
import dev.asyncio.benchmarks.Row

/** What the HTTP servers did, as Markdown: a table for each JDK. */
internal class HttpReport(private val rows: List<Row>) {
    fun toMarkdown(): String = buildString {
        appendLine("## http")
        appendLine()
        appendLine("One operation: a request for `/`, answered with `Hello, Anonymous`. `wrk` on one thread keeps")
        appendLine("${HttpPart.CONNECTIONS} connections busy. Values are the medians of the rounds; the time of the")
        appendLine("processor is that of the whole process of the server. `×` is the contender's requests per second")
        appendLine("divided by those of the column's. JVMs run with `${HttpPart.HEAP.joinToString(" ")}`.")
        val others = rows.filter { it.jdk.isEmpty() }
        for ((jdk, here) in rows.filter { it.jdk.isNotEmpty() }.groupBy { it.jdk }) {
            appendLine()
            append(jdk, inOrder(here + others))
        }
        appendLine()
        appendLine("The servers:")
        appendLine()
        for ((name, text) in HttpContenders.DESCRIPTIONS) appendLine("- `$name`: $text")
    }

    private fun inOrder(rows: List<Row>) = rows.sortedBy { HttpPart.contenders.indexOf(it.contender) }

    private fun StringBuilder.append(jdk: String, rows: List<Row>) {
        val references = HttpContenders.REFERENCES.mapNotNull { name -> rows.find { it.contender == name } }
        appendLine(
            "| JDK $jdk | requests/s | p50 µs | p99 µs | CPU µs |" +
                references.joinToString("") { " × ${it.contender} |" },
        )
        appendLine("| --- |" + " ---: |".repeat(FIGURES + references.size))
        for (row in rows) {
            val service = row.service ?: continue
            val times = listOf(service.medianNanos, service.percentile99Nanos, service.cpuNanos)
                .map { number(it / 1e3) }
            val ratios = references.map { if (it === row) "" else ratio(it.nanos / row.nanos) }
            val figures = listOf(number(HttpPart.NANOS_PER_SECOND / row.nanos)) + times + ratios
            appendLine("| ${row.contender} | " + figures.joinToString(" | ") + " |")
        }
    }

    private companion object {
        const val FIGURES = 4
    }
}
