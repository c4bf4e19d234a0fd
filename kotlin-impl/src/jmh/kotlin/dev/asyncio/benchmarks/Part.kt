package dev.asyncio.benchmarks

import dev.asyncio.benchmarks.http.HttpPart
import dev.asyncio.benchmarks.io.EchoPart

/** Workloads with a runner and a section of their own: servers that a program outside of the JVM keeps busy. */
interface Part {
    /** By this it is chosen. */
    val title: String

    /** As they stand in the rows, in the order of the tables. */
    val workloads: List<String>

    /** In the order of the tables. */
    val contenders: List<String>

    /** Measures what [options] choose and adds the rows; returns what could not be measured and should have been. */
    fun measure(options: Options, results: Results, python: Python): Set<String>

    /** Its section of the report, of [rows] that are all its own and at least one. */
    fun toMarkdown(rows: List<Row>): String

    /** Its pictures by the names of their files, of [rows] as above. */
    fun plots(rows: List<Row>): Map<String, String>

    companion object {
        /** In the order of the report. */
        val ALL: List<Part> = listOf(EchoPart, HttpPart)

        fun ofWorkload(title: String): Part? = ALL.find { title in it.workloads }
    }
}
