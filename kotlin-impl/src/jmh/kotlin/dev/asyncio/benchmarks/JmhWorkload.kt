package dev.asyncio.benchmarks

import org.openjdk.jmh.annotations.Benchmark
import org.openjdk.jmh.annotations.Param
import org.openjdk.jmh.annotations.Scope
import org.openjdk.jmh.annotations.Setup
import org.openjdk.jmh.annotations.State
import org.openjdk.jmh.annotations.TearDown

/** A workload that JMH measures: one of its contenders does it, so many operations at a time. */
@State(Scope.Benchmark)
abstract class JmhWorkload {
    @Param(Contenders.SDK_KOTLIN, Contenders.KOTLINX)
    @JvmField
    var contender: String = ""

    @Param("10000")
    @JvmField
    var operations: Int = 0

    private lateinit var running: Contender

    /** The contender of this name. */
    protected abstract fun make(contender: String): Contender

    @Setup
    fun setUp() {
        running = make(contender)
    }

    @Benchmark
    fun run() = running.run(operations)

    @TearDown
    fun tearDown() = running.close()
}
