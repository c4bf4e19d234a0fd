package dev.asyncio.engine.loop

/**
 * What other threads read of a loop each time they hand it something. It lies in a cache line of its own, since the loop's
 * thread writes what follows at every handle, and would take the line away from those who read.
 */
internal abstract class SharedLoopState(
    @JvmField protected val intake: Intake,
) {
    @Volatile
    @JvmField
    protected var closed = false

    @Volatile
    @JvmField
    var debug: Boolean = false
}

/**
 * A cache line that nobody uses. A superclass, because the JVM lays out the fields of a class behind those of its superclasses;
 * the small fields are for the gap that it would fill with others.
 */
@Suppress("unused")
internal abstract class LoopPadding(intake: Intake) : SharedLoopState(intake) {
    private val gap1: Byte = 0
    private val gap2: Byte = 0
    private val gap3: Int = 0
    private val line1: Long = 0
    private val line2: Long = 0
    private val line3: Long = 0
    private val line4: Long = 0
    private val line5: Long = 0
    private val line6: Long = 0
    private val line7: Long = 0
    private val line8: Long = 0
}
