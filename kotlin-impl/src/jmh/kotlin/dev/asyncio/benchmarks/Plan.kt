package dev.asyncio.benchmarks

/** A workload as the runner sees it. */
enum class Workload(
    /** As it stands in the tables. */
    val title: String,
    val benchmark: Class<*>,
    /** What one operation is. */
    val operation: String,
    /** Operations in one run, for a contender that is fast, in the middle, and slow. */
    private val sizes: List<Int>,
    val contenders: List<String>,
) {
    SWITCH(
        "switch",
        Switch::class.java,
        "one of 100 tasks yields (`sleep(0)`)",
        listOf(1_000_000, 200_000, 20_000),
        Contenders.ALL - Contenders.SDK_COMPOSED,
    ),
    SPAWN(
        "spawn",
        Spawn::class.java,
        "a task that does nothing is made and gathered, in batches of 10,000",
        listOf(1_000_000, 200_000, 20_000),
        Contenders.ALL - Contenders.LIMIT,
    ),
    PING_PONG(
        "ping-pong",
        PingPong::class.java,
        "a round trip between two tasks through two `Queue(1)`",
        listOf(200_000, 100_000, 5_000),
        Contenders.ALL - Contenders.LIMIT,
    ),
    ;

    /** So many that a run takes between some milliseconds and some tenths of a second. */
    fun operations(contender: String, quick: Boolean): Int {
        val slow = when (contender) {
            Contenders.SDK_JAVA_PLATFORM -> this != SPAWN // where nothing suspends, no thread is switched
            Contenders.PLATFORM_THREADS -> true
            else -> false
        }
        val size = when {
            slow -> 2
            contender in Contenders.FAST -> if (quick) 1 else 0
            else -> 1
        }
        return sizes[size]
    }
}

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
