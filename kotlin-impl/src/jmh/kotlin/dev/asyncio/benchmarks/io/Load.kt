package dev.asyncio.benchmarks.io

import dev.asyncio.benchmarks.Service
import java.io.File
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path

/** The program that keeps a server busy: in C, so that it costs little and is the same for all. */
internal class Load private constructor(private val program: Path) {
    /** How many requests were answered in a second, and how. */
    class Measured(val requestsPerSecond: Double, val service: Service)

    /** Throws [IOException] if the server does not do its work. */
    fun run(port: Int, pid: Long, workload: EchoWorkload, warmUp: Double, seconds: Double): Measured {
        val arguments = listOf(port, pid, workload.connections, workload.bytes, warmUp, seconds).map { it.toString() }
        val printed = run(listOf(program.toString()) + arguments)
        val (rate, p50, p99, cpu) = printed.trim().split(' ').map { it.toDouble() }
        return Measured(rate, Service(p50 * NANOS_PER_MICRO, p99 * NANOS_PER_MICRO, cpu * NANOS_PER_MICRO))
    }

    companion object {
        private const val NANOS_PER_MICRO = 1_000

        /** Compiles it; throws [IOException] where that cannot be done. */
        fun compile(): Load {
            if (!File("/proc").isDirectory) throw IOException("the program that loads servers needs Linux")
            val directory = Files.createTempDirectory("echo-load")
            directory.toFile().deleteOnExit()
            val source = directory.resolve("load.c")
            val program = directory.resolve("load")
            source.toFile().deleteOnExit()
            program.toFile().deleteOnExit()
            copyResource("load.c", source)
            run(listOf("cc", "-O2", "-o", program.toString(), source.toString()))
            return Load(program)
        }

        fun copyResource(name: String, to: Path) {
            Load::class.java.getResourceAsStream(name)!!.use { from ->
                Files.newOutputStream(to).use { from.copyTo(it) }
            }
        }

        private fun run(command: List<String>): String {
            val process = ProcessBuilder(command).redirectErrorStream(true).start()
            val printed = process.inputStream.bufferedReader().readText()
            if (process.waitFor() != 0) throw IOException("${command.first()}: ${printed.trim()}")
            return printed
        }
    }
}
