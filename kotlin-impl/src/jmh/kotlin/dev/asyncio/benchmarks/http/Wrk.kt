package dev.asyncio.benchmarks.http

import java.io.IOException

/** What a run of wrk found, and what it cost the server in time of the processor for each request. */
internal class Wrk private constructor(
    val requestsPerSecond: Double,
    val medianNanos: Double,
    val percentile99Nanos: Double,
    val cpuNanos: Double,
) {
    companion object {
        private val UNITS = mapOf("us" to 1e3, "ms" to 1e6, "s" to 1e9)

        /** Throws [IOException] if an answer was not what it should be. */
        fun run(port: Int, seconds: Int, server: ProcessHandle): Wrk {
            val before = cpuNanos(server)
            val options = listOf("-t1", "-c${HttpPart.CONNECTIONS}", "-d${seconds}s", "--latency")
            val command = listOf("wrk") + options + "http://127.0.0.1:$port/"
            val process = ProcessBuilder(command).redirectErrorStream(true).start()
            val printed = process.inputStream.bufferedReader().readText()
            val failed = process.waitFor() != 0 || "Socket errors" in printed || "Non-2xx" in printed
            if (failed) throw IOException(printed.trim())
            val requests = find(printed, """(\d+) requests in""")[0].toDouble()
            return Wrk(
                find(printed, """Requests/sec:\s+([\d.]+)""")[0].toDouble(),
                latency(printed, "50%"),
                latency(printed, "99%"),
                (cpuNanos(server) - before) / requests,
            )
        }

        private fun latency(printed: String, percentile: String): Double {
            val (value, unit) = find(printed, """\n\s+$percentile\s+([\d.]+)(us|ms|s)""")
            return value.toDouble() * UNITS.getValue(unit)
        }

        private fun find(printed: String, pattern: String): List<String> =
            Regex(pattern).find(printed)?.groupValues?.drop(1) ?: throw IOException("wrk says something else: $printed")

        private fun cpuNanos(process: ProcessHandle): Double =
            process.info().totalCpuDuration().map { it.toNanos().toDouble() }.orElse(0.0)
    }
}
