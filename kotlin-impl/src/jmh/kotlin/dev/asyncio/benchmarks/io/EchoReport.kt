package dev.asyncio.benchmarks.io

import dev.asyncio.benchmarks.Report.Companion.number
import dev.asyncio.benchmarks.Report.Companion.ratio
import dev.asyncio.benchmarks.Row
import dev.asyncio.benchmarks.Service

/** What the echo servers did, as Markdown: a table for each JDK and workload. */
internal class EchoReport(private val rows: List<Row>) {
    fun toMarkdown(): String = buildString {
        appendLine(HEAD)
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
            val ratios = references.map { if (it === row) "" else ratio(advantage(workload, row, service, it)) }
            appendLine("| ${row.contender} | " + (figures + ratios).joinToString(" | ") + " |")
        }
    }

    private fun advantage(workload: EchoWorkload, row: Row, service: Service, reference: Row): Double {
        val theirs = reference.service
        val byLatency = workload.connections == 1 && theirs != null
        return if (byLatency) theirs.medianNanos / service.medianNanos else reference.nanos / row.nanos
    }

    companion object {
        const val PLOT = "benchmarks-echo.svg"
        private val HEAD = """
            ## echo

            One operation: a request over loopback that is answered with the same bytes, which are compared. Each server is a process
            of its own, one after the other. A program in C, on one thread, keeps its connections busy, each with one request at a time;
            with one connection only, it and the server are kept on different cores. JVMs run with
            `${EchoPart.HEAP.joinToString(" ")}` and are warm. Values are those of the best second of all rounds.
            CPU is the time that the whole process of the server takes of processors for a request. `×` is how much better the
            contender is than the column's, more than 1 is better: by requests per second, with one connection by p50.

            ![Requests per second]($PLOT)
        """.trimIndent()
        private const val FIGURES = 4
    }
}
