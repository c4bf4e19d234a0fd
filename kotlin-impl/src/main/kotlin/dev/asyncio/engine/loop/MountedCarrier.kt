package dev.asyncio.engine.loop

import dev.asyncio.Carrier
import java.util.concurrent.Executor
import java.util.concurrent.LinkedBlockingQueue

/**
 * Virtual threads that the loop schedules itself: the thread that called `run` mounts the stack whose turn it is and
 * gets control back when that stack parks, so that a switch never crosses platform threads.
 *
 * Each stack is the scheduler of its own thread. What the JDK hands it is, while the mounting thread wakes the stack, that
 * stack's continuation. Else it is that of a body which blocked in something else than an await (a sleep, a lock): it holds
 * the baton meanwhile, so the mounting thread has nothing to do but wait for it; or of one that waits for its turn and was
 * interrupted or unparked by somebody else: it looks and parks again. Or it is that of a virtual thread which a body has
 * started, and which took over the body's scheduler: it goes to the one that it would have had anywhere else.
 */
internal class MountedCarrier : StackCarrier {
    private val submitted = LinkedBlockingQueue<Runnable>()

    // Mounting thread only, but for [mounter], which other threads compare with themselves.
    @Volatile private var mounter: Thread? = null
    private var waking = false
    private var slot: Runnable? = null

    override val kind: Carrier get() = Carrier.LOOP

    override fun attach(stack: BodyStack, name: String) {
        stack.attachTo(VirtualThreads.scheduledBy(Scheduler(stack), name, stack.inScope()))
    }

    private inner class Scheduler(private val stack: BodyStack) : Executor {
        override fun execute(continuation: Runnable) = when {
            Thread.currentThread() === mounter && waking -> slot = continuation
            VirtualThreads.isContinuationOf(stack.thread, continuation) -> submitted.put(continuation)
            else -> VirtualThreads.executeByDefault(continuation)
        }
    }

    // Whoever gives the baton away has said in the loop's driver to whom, and all of them run on the mounting thread: no
    // flag of their own is needed, nor one that is volatile.

    override fun transfer(from: Stack, to: Stack) {
        if (from is CallerStack) {
            if (from.isVirtual) mountElsewhere(from) else mount(from)
        }
        awaitTurn(from)
    }

    override fun leaveTo(to: Stack) = Unit

    override fun awaitTurn(stack: Stack) = stack.parkUntil { stack.loop.driver === stack }

    /** A virtual thread cannot mount another: a platform thread does it while [caller] waits. */
    private fun mountElsewhere(caller: CallerStack) {
        var outcome = Result.success(Unit)
        val thread = Thread({ outcome = runCatching { mount(caller) } }, "asyncio-loop").apply { isDaemon = true }
        thread.start()
        caller.join(thread)
        outcome.getOrThrow()
    }

    /** Runs stacks on this thread until the baton comes back to [caller]. */
    private fun mount(caller: CallerStack) {
        mounter = Thread.currentThread()
        try {
            while (true) {
                val stack = caller.loop.driver!!
                if (stack === caller) return
                waking = true
                stack.wake()
                waking = false
                do {
                    val continuation = slot ?: takeSubmitted(caller)
                    slot = null
                    if (Thread.interrupted()) caller.interrupted = true // mounting would clear it
                    continuation.run()
                } while (slot != null || stack.loop.driver === stack)
            }
        } finally {
            waking = false
            mounter = null
        }
    }

    private fun takeSubmitted(caller: CallerStack): Runnable {
        while (true) {
            try {
                return submitted.take()
            } catch (_: InterruptedException) {
                caller.interrupted = true
            }
        }
    }
}
