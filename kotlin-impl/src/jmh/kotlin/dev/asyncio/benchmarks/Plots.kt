package dev.asyncio.benchmarks

import java.nio.file.Files
import java.nio.file.Path
import kotlin.math.ceil
import kotlin.math.floor
import kotlin.math.log10

/** The rows as pictures: a bar for each contender of each workload, and a line for each contender that grows. */
class Plots(private val rows: List<Row>) {
    fun save(directory: Path) {
        Files.write(directory.resolve("benchmarks.svg"), bars().lines())
        Files.write(directory.resolve("benchmarks-growth.svg"), lines().lines())
        for (part in Part.ALL) {
            val of = rows.filter { it.workload in part.workloads }
            if (of.isEmpty()) continue
            for ((name, svg) in part.plots(of)) Files.write(directory.resolve(name), svg.lines())
        }
    }

    /** On the newest JDK of the table. */
    private fun bars(): String {
        val jdk = rows.map { it.jdk }.filter { it.isNotEmpty() }.maxOfOrNull { it.toInt() }.toString()
        val panels = Workload.values().filterNot { it.isSized }
            .associateWith { workload ->
                rows.filter {
                    it.workload == workload.title && (it.jdk == jdk || it.jdk.isEmpty())
                }.sortedBy { it.nanos }
            }.filterValues { it.isNotEmpty() }
        val height = panels.values.sumOf { BAR * it.size + PANEL_HEAD } + MARGIN
        val scale = LogScale(panels.values.flatten().map { it.nanos }, LABELS.toDouble(), (WIDTH - NUMBERS).toDouble())
        return Svg.of(height, "Nanoseconds of an operation on JDK $jdk, on a logarithmic scale") {
            var y = 0
            for ((workload, bars) in panels) {
                y += PANEL_HEAD
                text(MARGIN, y - BAR / 2, workload.title, "title")
                for (row in bars) {
                    val end = scale.of(row.nanos)
                    val kind = if (row.contender.startsWith("sdk")) "sdk" else "peer"
                    text(LABELS - GAP, y + BAR - GAP, row.contender, "label")
                    line(
                        """<rect class="$kind" x="$LABELS" y="$y" width="${Svg.pixels(
                            end - LABELS,
                        )}" height="${BAR - GAP}"/>""",
                    )
                    text(end.toInt() + GAP, y + BAR - GAP, "%,.0f ns".format(row.nanos), "number")
                    y += BAR
                }
            }
        }
    }

    private fun lines(): String {
        val growth = rows.filter { it.workload.startsWith(Workload.GROWTH.title) }
        if (growth.isEmpty()) return Svg.of(MARGIN, "not measured") {}
        val across = LogScale(growth.map { it.operations.toDouble() }, MARGIN * 3.0, (WIDTH - LABELS * 2).toDouble())
        val up = LogScale(growth.map { it.nanos }, (GROWTH_HEIGHT - MARGIN * 2).toDouble(), MARGIN.toDouble())
        return Svg.of(GROWTH_HEIGHT, "Nanoseconds of an operation by the number of tasks, on logarithmic scales") {
            for (size in growth.map { it.operations }.distinct()) {
                text(across.of(size.toDouble()).toInt(), GROWTH_HEIGHT - MARGIN, "%,d".format(size), "tick")
            }
            for (tick in up.decades()) {
                text(MARGIN * 3 - GAP, up.of(tick).toInt(), "%,.0f ns".format(tick), "label")
            }
            val taken = ArrayList<Int>()
            val series = growth.groupBy { Triple(it.workload, it.contender, it.jdk) }
            for ((key, points) in series.entries.sortedByDescending { it.value.last().nanos }) {
                val (workload, contender, jdk) = key
                val kind = if (contender.startsWith("sdk")) "sdk-line" else "peer-line"
                val path = points.joinToString(" ") { point ->
                    "${Svg.pixels(across.of(point.operations.toDouble()))},${Svg.pixels(up.of(point.nanos))}"
                }
                line("""<polyline class="$kind" points="$path"/>""")
                var y = up.of(points.last().nanos).toInt()
                while (taken.any { it > y - LINE && it < y + LINE }) y += LINE
                taken += y
                text(WIDTH - LABELS * 2 + GAP, y, "$workload $contender $jdk", "number")
            }
        }
    }

    private class LogScale(values: List<Double>, private val from: Double, private val to: Double) {
        private val low = floor(log10(values.minOrNull() ?: 1.0))
        private val high = maxOf(ceil(log10(values.maxOrNull() ?: 1.0)), low + 1)

        fun of(value: Double): Double = from + (to - from) * (log10(value) - low) / (high - low)

        fun decades(): List<Double> = (low.toInt()..high.toInt()).map { Math.pow(10.0, it.toDouble()) }
    }

    private companion object {
        const val WIDTH = Svg.WIDTH
        const val GROWTH_HEIGHT = 640
        const val LABELS = 150
        const val NUMBERS = 110
        const val MARGIN = 20
        const val BAR = 18
        const val PANEL_HEAD = 36
        const val GAP = 4
        const val LINE = 12
    }
}
