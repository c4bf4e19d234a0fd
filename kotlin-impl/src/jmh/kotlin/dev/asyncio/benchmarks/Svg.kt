package dev.asyncio.benchmarks

/** A picture that is written element by element. */
class Svg private constructor(private val text: StringBuilder) {
    fun line(element: String) {
        text.appendLine(element)
    }

    fun text(x: Int, y: Int, words: String, kind: String) = line("""<text class="$kind" x="$x" y="$y">$words</text>""")

    companion object {
        const val WIDTH = 900
        private const val STYLE =
            "text{font:12px sans-serif;fill:#222}.title{font-weight:bold}.label{text-anchor:end}" +
                ".tick{text-anchor:middle}.sdk{fill:#3572a5}.peer{fill:#c0c0c0}polyline{fill:none;stroke-width:1.5}" +
                ".sdk-line{stroke:#3572a5}.peer-line{stroke:#999}"

        fun of(height: Int, title: String, content: Svg.() -> Unit): String = buildString {
            appendLine("""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 $WIDTH $height" role="img">""")
            appendLine("<title>$title</title>")
            appendLine("<style>$STYLE</style>")
            appendLine("""<rect width="$WIDTH" height="$height" fill="#fff"/>""")
            Svg(this).content()
            append("</svg>")
        }

        fun pixels(value: Double): String = "%.1f".format(value)
    }
}
