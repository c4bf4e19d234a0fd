package dev.asyncio.engine.loop

import java.time.Duration

/** As far as clocks can count, 292 years; what is beyond comes to it, since one more is [LoopBackend.NO_DEADLINE]. */
internal const val END_OF_TIME = Long.MAX_VALUE - 1

/** Nanoseconds of a duration, which may be longer than that. */
internal fun Duration.toNanosSaturated(): Long = try {
    minOf(toNanos(), END_OF_TIME)
} catch (_: ArithmeticException) {
    if (isNegative) Long.MIN_VALUE else END_OF_TIME
}

internal fun saturatedAdd(a: Long, b: Long): Long {
    val sum = a + b
    return when {
        (a xor sum) and (b xor sum) >= 0 -> minOf(sum, END_OF_TIME)
        a < 0 -> Long.MIN_VALUE
        else -> END_OF_TIME
    }
}
