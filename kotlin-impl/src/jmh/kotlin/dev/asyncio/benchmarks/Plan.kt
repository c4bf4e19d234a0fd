package dev.asyncio.benchmarks

/** A workload as the runner sees it. */
enum class Workload(
    /** As it stands in the tables. */
    val title: String,
    /** The benchmark's class, JMH's unless the workload comes in [sizes]. */
    val benchmark: Class<*>,
    /** What one operation is. */
    val operation: String,
    val contenders: List<String>,
    /** Operations in one run, for a contender that is fast, in the middle, and slow. */
    private val operations: List<Int> = emptyList(),
    /** Where the size is the point: how many live tasks and the like; a program of its own measures each. */
    private val sizes: List<Int> = emptyList(),
    /** What that program's JVM needs besides what all have. */
    val flags: List<String> = emptyList(),
) {
    SWITCH(
        "switch",
        Switch::class.java,
        "one of 100 tasks yields (`sleep(0)`)",
        Contenders.ALL - Contenders.SDK_COMPOSED,
        operations = listOf(1_000_000, 200_000, 20_000),
    ),
    SPAWN(
        "spawn",
        Spawn::class.java,
        "a task that does nothing is made and gathered, in batches of 10,000",
        Contenders.ALL - Contenders.LIMIT,
        operations = listOf(1_000_000, 200_000, 20_000),
    ),
    PING_PONG(
        "ping-pong",
        PingPong::class.java,
        "a round trip between two tasks through two `Queue(1)`",
        Contenders.ALL - Contenders.LIMIT,
        operations = listOf(200_000, 100_000, 5_000),
    ),
    TIMERS(
        "timers",
        Timers::class.java,
        "one of many tasks that sleep for 0 to 50 ms at once: 100,000, or 4,000 where each has a platform thread",
        Contenders.ALL - Contenders.LIMIT,
        operations = listOf(100_000, 100_000, 4_000),
    ),
    THREADSAFE(
        "threadsafe",
        Threadsafe::class.java,
        "a call that another thread hands to the loop (`callSoonThreadsafe`; an item through a channel or a queue)",
        Contenders.ALL - Contenders.LIMIT - Contenders.PLATFORM_THREADS,
        operations = listOf(1_000_000, 1_000_000, 1_000_000),
    ),
    TIMEOUT(
        "timeout",
        Timeouts::class.java,
        "a limit that does not fire (`wait_for(sleep(0), 10)`)",
        Contenders.ALL - Contenders.LIMIT - Contenders.PLATFORM_THREADS,
        operations = listOf(1_000_000, 100_000, 100_000),
    ),
    LOCK(
        "lock",
        Handover::class.java,
        "one of 100 tasks that contend for a `Lock` has it, yields, and hands it over",
        Contenders.ALL - setOf(Contenders.SDK_COMPOSED, Contenders.PLATFORM_THREADS, Contenders.LIMIT),
        operations = listOf(500_000, 100_000, 10_000),
    ),
    FREE_LOCK(
        "free-lock",
        FreeLock::class.java,
        "a `Lock` that nobody else wants is acquired and released",
        WITHOUT_SWITCHES,
        operations = listOf(2_000_000, 1_000_000, 1_000_000),
    ),
    PUT_GET(
        "put-get",
        PutGet::class.java,
        "an item is put into a `Queue` that has room, and taken out again",
        WITHOUT_SWITCHES,
        operations = listOf(2_000_000, 1_000_000, 1_000_000),
    ),
    MEMORY(
        "memory",
        Memory::class.java,
        "a task that waits for the same future as all the others; bytes are those it takes on the heap meanwhile",
        Contenders.ALL - Contenders.LIMIT - Contenders.PLATFORM_THREADS - Contenders.SDK_JAVA_PLATFORM,
        sizes = listOf(100_000, 1_000_000),
    ),
    GROWTH(
        "growth",
        Growth::class.java,
        "one of so many tasks yields (`sleep(0)`)",
        Growth.CONTENDERS,
        sizes = Growth.SIZES,
        flags = Growth.FLAGS,
    ),
    GROWTH_SPAWN(
        "growth-spawn",
        Growth::class.java,
        "a task that does nothing is made and gathered while so many others wait",
        Growth.CONTENDERS,
        sizes = Growth.SIZES,
        flags = Growth.FLAGS,
    ),
    GROWTH_TIMERS(
        "growth-timers",
        Growth::class.java,
        "a timer is set and cancelled while so many others are set",
        listOf(Contenders.SDK_KOTLIN),
        sizes = Growth.SIZES,
        flags = Growth.FLAGS,
    ),
    GROWTH_LOCK(
        "growth-lock",
        Growth::class.java,
        "a lock goes from one of so many waiting tasks to the next",
        listOf(Contenders.SDK_KOTLIN, Contenders.KOTLINX),
        sizes = Growth.SIZES,
        flags = Growth.FLAGS,
    ),
    GROWTH_CALLBACKS(
        "growth-callbacks",
        Growth::class.java,
        "one of so many callbacks is added to one future and run",
        listOf(Contenders.SDK_KOTLIN),
        sizes = Growth.SIZES,
        flags = Growth.FLAGS,
    ),
    ;

    /** Whether rows of different sizes stand side by side. */
    val isSized: Boolean get() = sizes.isNotEmpty()

    /** So many that a run takes between some milliseconds and some tenths of a second. */
    fun sizesFor(contender: String, quick: Boolean): List<Int> {
        if (isSized) return if (quick) sizes.dropLast(1) else sizes
        val slow = when (contender) {
            Contenders.SDK_JAVA_PLATFORM -> this == SWITCH || this == PING_PONG || this == TIMERS || this == LOCK
            Contenders.PLATFORM_THREADS -> true
            else -> false
        }
        val at = when {
            slow -> 2
            contender in Contenders.FAST -> if (quick) 1 else 0
            else -> 1
        }
        return listOf(operations[at])
    }

    companion object {
        fun titled(title: String): Workload? = values().find { it.title == title }
    }
}

/** Who takes part where one task does it all. */
private val WITHOUT_SWITCHES = Contenders.ALL -
    setOf(Contenders.SDK_COMPOSED, Contenders.VIRTUAL_THREADS, Contenders.PLATFORM_THREADS, Contenders.LIMIT)

/** How long to measure. */
class Effort(
    val rounds: Int,
    val warmUps: Int,
    val measurements: Int,
    val iterationMillis: Long,
    val quick: Boolean,
) {
    fun withRounds(rounds: Int) = Effort(rounds, warmUps, measurements, iterationMillis, quick)

    companion object {
        val QUICK = Effort(rounds = 1, warmUps = 4, measurements = 3, iterationMillis = 300, quick = true)
        val FULL = Effort(rounds = 3, warmUps = 5, measurements = 5, iterationMillis = 1_000, quick = false)
    }
}
