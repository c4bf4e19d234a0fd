package dev.asyncio.benchmarks

import java.nio.file.Path
import java.nio.file.Paths

/** What the command line asks for. */
class Options private constructor(
    val effort: Effort,
    /** As given; null if it was not. */
    val rounds: Int?,
    val workloads: List<Workload>,
    val parts: List<Part>,
    private val contenders: Set<String>,
    val jdks: List<Jdk>,
    val python: List<String>,
    val out: Path,
) {
    fun wants(contender: String): Boolean = contenders.isEmpty() || contender in contenders

    companion object {
        const val USAGE = """
  quick                    a first impression, in some minutes
  rounds=N                 forks of each contender
  workloads=A,B            by their names in the tables; echo is all those of echo servers
  contenders=A,B           by their names in the tables
  jdks=HOME,HOME           Java homes to run on; this JVM's by default
  python=COMMAND,COMMAND   python3.13,python3,/usr/bin/python3 by default: the first that runs is CPython's row, the first that
                           has uvloop is uvloop's
  out=DIRECTORY            docs by default
  jmh ...                  all that follows goes to JMH's own command line
  help                     this text
"""

        /** Throws [IllegalArgumentException] if it asks for what there is not. */
        fun parse(arguments: Array<String>): Options {
            var effort = Effort.FULL
            var rounds: Int? = null
            var titles = emptyList<String>()
            var contenders = emptySet<String>()
            var jdks = listOf(System.getProperty("java.home"))
            var python = Python.COMMANDS
            var out = "docs"
            for (argument in arguments) {
                if (argument == "quick") {
                    effort = Effort.QUICK
                    continue
                }
                val value = argument.substringAfter('=', "")
                when (argument.substringBefore('=')) {
                    "rounds" -> rounds = value.toInt()
                    "workloads" -> titles = value.split(',').onEach(::requireWorkload)
                    "contenders" -> contenders = value.split(',').onEach(::requireContender).toSet()
                    "jdks" -> jdks = value.split(',')
                    "python" -> python = value.split(',')
                    "out" -> out = value
                    else -> throw IllegalArgumentException("unknown: $argument")
                }
            }
            return Options(
                if (rounds == null) effort else effort.withRounds(rounds),
                rounds,
                Workload.values().filter { titles.isEmpty() || it.title in titles },
                Part.ALL.filter { titles.isEmpty() || it.title in titles },
                contenders,
                jdks.map { Jdk(Paths.get(it)) },
                python,
                Paths.get(out),
            )
        }

        private fun requireWorkload(title: String) =
            require(Workload.titled(title) != null || Part.ALL.any { it.title == title }) { "no workload $title" }

        private fun requireContender(name: String) =
            require(name in Contenders.ALL || Part.ALL.any { name in it.contenders }) { "no contender $name" }
    }
}
