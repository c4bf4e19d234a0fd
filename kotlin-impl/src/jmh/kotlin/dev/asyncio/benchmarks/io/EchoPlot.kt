package dev.asyncio.benchmarks.io

import dev.asyncio.benchmarks.Row
import dev.asyncio.benchmarks.Svg

/** A bar for each server of each workload, the fastest first. */
internal class EchoPlot(private val rows: List<Row>) {
    fun toSvg(): String {
        val panels = EchoWorkload.values()
            .associateWith { workload -> rows.filter { it.workload == workload.title }.sortedBy { it.nanos } }
            .filterValues { it.isNotEmpty() }
        val height = panels.values.sumOf { BAR * it.size + PANEL_HEAD } + MARGIN
        return Svg.of(height, "Requests that an echo server answers in a second") {
            var y = 0
            for ((workload, bars) in panels) {
                y += PANEL_HEAD
                text(MARGIN, y - BAR / 2, "${workload.title}: ${workload.what}, requests/s", "title")
                val scale = (Svg.WIDTH - LABELS - NUMBERS) * bars.first().nanos
                for (row in bars) {
                    val width = scale / row.nanos
                    val kind = if (row.contender.startsWith("sdk")) "sdk" else "peer"
                    text(LABELS - GAP, y + BAR - GAP, "${row.contender} ${row.jdk}".trim(), "label")
                    line(
                        """<rect class="$kind" x="$LABELS" y="$y" width="${Svg.pixels(
                            width,
                        )}" height="${BAR - GAP}"/>""",
                    )
                    val rate = "%,.0f".format(EchoPart.NANOS_PER_SECOND / row.nanos)
                    text(LABELS + width.toInt() + GAP, y + BAR - GAP, rate, "number")
                    y += BAR
                }
            }
        }
    }

    private companion object {
        const val LABELS = 170
        const val NUMBERS = 70
        const val MARGIN = 20
        const val BAR = 18
        const val PANEL_HEAD = 36
        const val GAP = 4
    }
}
