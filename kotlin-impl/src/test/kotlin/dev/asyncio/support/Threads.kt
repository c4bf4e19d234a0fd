package dev.asyncio.support

import java.lang.management.ManagementFactory
import java.nio.file.Files
import java.util.concurrent.locks.LockSupport

/** The threads that the SDK has made: those whose names begin with `asyncio`. */
object Threads {
    /** Platform threads that are alive. */
    @JvmStatic
    fun ofTheSdk(): List<Thread> =
        Thread.getAllStackTraces().keys.filter { it !== Thread.currentThread() && it.isAlive && it.name.isOfTheSdk() }

    @JvmStatic
    fun named(prefix: String): List<Thread> = ofTheSdk().filter { it.name.startsWith(prefix) }

    /** Names of virtual threads that are alive; empty below JDK 21. The JVM lists them in a dump only. */
    @JvmStatic
    fun virtualOfTheSdk(): List<String> {
        val dumper = VirtualThreadDumper.orNull ?: return emptyList()
        return dumper.names().filter { it.isOfTheSdk() }
    }

    /** Those that are still alive at [deadline], a time of [System.nanoTime]. */
    internal fun virtualOfTheSdkLeft(deadline: Long): List<String> {
        while (true) {
            val left = virtualOfTheSdk()
            if (left.isEmpty() || System.nanoTime() > deadline) return left.map { "virtual thread $it" }
            LockSupport.parkNanos(POLL_NANOS)
        }
    }

    private fun String.isOfTheSdk() = startsWith("asyncio") || startsWith("dev.asyncio")

    private const val POLL_NANOS = 10_000_000L
}

/** `HotSpotDiagnosticMXBean.dumpThreads`, which JDK 21 and newer have. */
private class VirtualThreadDumper(private val bean: Any, type: Class<*>) {
    private val format = Class.forName("com.sun.management.HotSpotDiagnosticMXBean\$ThreadDumpFormat")
    private val dump = type.getMethod("dumpThreads", String::class.java, format)
    private val plainText = format.enumConstants.first { it.toString() == "TEXT_PLAIN" }

    fun names(): List<String> {
        val directory = Files.createTempDirectory("threads")
        val file = directory.resolve("dump.txt")
        try {
            dump.invoke(bean, file.toString(), plainText)
            return Files.readAllLines(file).mapNotNull { HEADER.find(it)?.groupValues?.get(1) }
        } finally {
            Files.deleteIfExists(file)
            Files.delete(directory)
        }
    }

    companion object {
        /** `#31 "asyncio-body-1" virtual` */
        private val HEADER = Regex("""^#\d+ "([^"]*)" virtual""")

        val orNull: VirtualThreadDumper? by lazy {
            try {
                val type = Class.forName("com.sun.management.HotSpotDiagnosticMXBean")
                VirtualThreadDumper(
                    ManagementFactory.getPlatformMXBean(
                        type.asSubclass(java.lang.management.PlatformManagedObject::class.java),
                    ),
                    type,
                )
            } catch (_: ReflectiveOperationException) {
                null
            }
        }
    }
}
