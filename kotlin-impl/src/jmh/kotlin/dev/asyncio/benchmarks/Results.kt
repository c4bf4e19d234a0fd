package dev.asyncio.benchmarks

import java.nio.file.Files
import java.nio.file.Path

/** A line of the table: the best of [runs] runs of [operations] operations each. */
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
    ).joinToString(",")

    fun isOf(other: Row): Boolean = key == other.key

    companion object {
        const val CSV_HEADER = "workload,contender,jdk,n,ns_per_op,bytes_per_op,runs"

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
            )
        }
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
                { Contenders.ALL.indexOf(it.contender) },
                { it.operations },
            ),
        )

    fun save() {
        Files.createDirectories(file.toAbsolutePath().parent)
        Files.write(file, listOf(Row.CSV_HEADER) + rows().map(Row::toCsv))
    }

    private fun workloadOrder(title: String): Int = Workload.titled(title)?.ordinal ?: Int.MAX_VALUE
}
