package dev.asyncio.engine.context

import dev.asyncio.Carrier
import dev.asyncio.EventLoop
import dev.asyncio.engine.loop.BodyStack
import dev.asyncio.engine.loop.LoopCore
import dev.asyncio.engine.loop.StackPool
import dev.asyncio.spi.ThreadLocalAccess
import java.util.IdentityHashMap
import java.util.function.Function

/**
 * What the engine knows of one thread. A stack of a loop belongs to that loop for good; a thread that calls `run`
 * belongs to it for the time of the call. Never inherited by other threads.
 */
internal class ThreadState(
    /** The loop whose handles this thread runs, while it holds that loop's baton. */
    @JvmField var loop: LoopCore?,
) {
    /** The loop given to `setEventLoop`. */
    @JvmField var setLoop: EventLoop? = null

    /** Whether [setLoop] was ever assigned: after `setEventLoop(null)` no loop is made implicitly. */
    @JvmField var setLoopCalled = false

    @JvmField var loopFactory: Function<Carrier?, out EventLoop>? = null

    private var ownCell: ContextCell? = null

    /** The variables of the code that runs now. */
    val cell: ContextCell
        get() = loop?.cell ?: baseCell

    /** The variables of this thread outside of every handle. */
    val baseCell: ContextCell
        get() = ownCell ?: ContextImpl(VarMap.EMPTY).also { ownCell = it }

    /** Makes [cell] the current one and returns the one that was. */
    fun swapCell(cell: ContextCell): ContextCell {
        val running = loop
        val outer = this.cell
        if (running != null) running.entered = cell else ownCell = cell
        if (CarriedLocals.inUse) show(cell)
        return outer
    }

    // ---- thread-locals that are carried: nobody comes here before CarriedLocals.inUse

    private var shown: CarriedLocals? = null

    /** The thread's own values of the thread-locals that have other ones now. */
    private var ownValues: MutableMap<ThreadLocalAccess<*>, Any?>? = null

    /** Gives thread-locals the values that they have in [cell], whose code runs next on this thread. */
    fun show(cell: ContextCell) = show(cell.vars.carried)

    /** Code of some context has left this thread. */
    fun showOwn() = show(ownCell?.vars?.carried)

    private fun show(next: CarriedLocals?) {
        val before = shown
        if (next === before) return
        shown = next
        val own = ownValues ?: IdentityHashMap<ThreadLocalAccess<*>, Any?>().also { ownValues = it }
        CarriedLocals.change(before, next, own)
    }

    companion object {
        private val states: ThreadLocal<ThreadState> = object : ThreadLocal<ThreadState>() {
            override fun initialValue() = StackPool.findCurrent()?.threadState ?: ThreadState(loop = null)
        }

        @JvmStatic fun current(): ThreadState = BodyStack.ofThread(Thread.currentThread())?.threadState ?: states.get()

        /** The loop whose handles the calling thread runs. */
        @JvmStatic val currentLoop: LoopCore?
            get() {
                val stack = BodyStack.ofThread(Thread.currentThread())
                return if (stack != null) stack.loop else states.get().loop
            }

        /** The variables of the code that calls. */
        @JvmStatic val currentCell: ContextCell get() = withCurrent { _, cell -> cell }

        /** Both at once: for another thread, looking itself up is most of what it costs to call a loop. */
        inline fun <R> withCurrent(block: (loop: LoopCore?, cell: ContextCell) -> R): R {
            val stack = BodyStack.ofThread(Thread.currentThread())
            if (stack != null) return block(stack.loop, stack.loop.cell)
            val state = states.get()
            return block(state.loop, state.cell)
        }
    }
}
