package dev.asyncio.engine.loop

/**
 * What stands in the ready queue: a handle, a task, a timer, or a callback of the engine's own.
 *
 * A class and not an interface: the loop calls items of many classes at one place, where a virtual call is a load and a
 * jump, and a call through an interface a search.
 */
internal abstract class ReadyItem {
    abstract fun run()

    /**
     * Reads something of each object that [run] will need first: see [Prefetcher]. The result means nothing, it only keeps
     * the JIT from dropping the reads.
     */
    open fun prefetch(): Int = 0

    /** The parked stack that [run] goes on with, as far as can be told before. */
    open val foreseenStack: BodyStack? get() = null
}

/** An item that runs [action]. */
internal inline fun readyItem(crossinline action: () -> Unit): ReadyItem = object : ReadyItem() {
    override fun run() = action()
}
