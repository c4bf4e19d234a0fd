package dev.asyncio.benchmarks

import java.nio.file.Files
import java.nio.file.Path

/** How long answers take, and what they cost the server in time of the processor. */
data class Service(val medianNanos: Double, val percentile99Nanos: Double, val cpuNanos: Double)

/** A line of the table: the best of [runs] runs of [operations] operations each; of HTTP servers, the median. */
data class Row(
    val workload: String,
    val contender: String,
    /** The JDK's feature release; empty for what does not run on a JVM. */
    val jdk: String,
    val operations: Int,
    val nanos: Double,
    /** Null where it cannot be measured. */
    val bytes: Double?,
    val runs: Int,
    /** Of servers under load, whose [nanos] are a second divided by the requests that were answered in it. */
    val service: Service? = null,
    /** Of the Python that ran it; empty for the others. */
    val version: String = "",
) {
    /** Where sizes stand side by side, each has a row. */
    private val key get() =
        listOf(workload, contender, jdk, operations.takeIf { Workload.titled(workload)?.isSized == true })

    /** The better of two measurements of the same thing. */
    fun merge(other: Row): Row {
        require(key == other.key) { "$key is something else than ${other.key}" }
        val best = if (other.nanos < nanos) other else this
        return best.copy(bytes = listOfNotNull(bytes, other.bytes).minOrNull(), runs = runs + other.runs)
    }

    fun toCsv(): String = listOf(
        workload,
        contender,
        jdk,
        operations.toString(),
        "%.1f".format(nanos),
        bytes?.let { "%.1f".format(it) } ?: "",
        runs.toString(),
        service?.let { "%.0f".format(it.medianNanos) } ?: "",
        service?.let { "%.0f".format(it.percentile99Nanos) } ?: "",
        service?.let { "%.0f".format(it.cpuNanos) } ?: "",
        version,
    ).joinToString(",")

    fun isOf(other: Row): Boolean = key == other.key

    companion object {
        const val CSV_HEADER = "workload,contender,jdk,n,ns_per_op,bytes_per_op,runs,p50_ns,p99_ns,cpu_ns,version"

        fun parse(line: String): Row {
            val fields = line.split(',')
            return Row(
                fields[0],
                fields[1],
                fields[2],
                fields[3].toInt(),
                fields[4].toDouble(),
                fields[5].ifEmpty { null }?.toDouble(),
                fields[6].toInt(),
                service(fields.subList(7, 10).filter { it.isNotEmpty() }.map(String::toDouble)),
                fields[10],
            )
        }

        private fun service(fields: List<Double>): Service? =
            if (fields.isEmpty()) null else Service(fields[0], fields[1], fields[2])
    }
}

/** The rows of one file; new ones replace those that were measured before. */
class Results(private val file: Path) {
    private val before: List<Row> =
        if (Files.exists(file)) Files.readAllLines(file).drop(1).map(Row::parse) else emptyList()
    private val measured = ArrayList<Row>()

    fun add(row: Row): Row {
        val at = measured.indexOfFirst { it.isOf(row) }
        if (at < 0) {
            measured.add(row)
            return row
        }
        return measured[at].merge(row).also { measured[at] = it }
    }

    fun rows(): List<Row> = (measured + before.filterNot { old -> measured.any(old::isOf) })
        .sortedWith(
            compareBy(
                { row -> workloadOrder(row.workload) },
                { it.jdk },
                { contenderOrder(it) },
                { it.operations },
            ),
        )

    fun save() {
        Files.createDirectories(file.toAbsolutePath().parent)
        Files.write(file, listOf(Row.CSV_HEADER) + rows().map(Row::toCsv))
    }

    private fun workloadOrder(title: String): Int =
        (Workload.values().map { it.title } + Part.ALL.flatMap { it.workloads }).indexOf(title)

    private fun contenderOrder(row: Row): Int =
        (Part.ofWorkload(row.workload)?.contenders ?: Contenders.ALL).indexOf(row.contender)
}
