package dev.asyncio.engine.loop

import dev.asyncio.Carrier
import java.util.concurrent.Executor
import java.util.concurrent.LinkedBlockingQueue

/**
 * Virtual threads that the loop schedules itself: the thread that called `run` mounts the stack whose turn it is and
 * gets control back when that stack parks, so that a switch never crosses platform threads.
 *
 * The JDK hands every continuation that is ready to run to [execute]. While the mounting thread wakes a stack it is that
 * stack's. Else it is that of a body which blocked in something else than an await (a sleep, a lock): it holds the baton
 * meanwhile, so the mounting thread has nothing to do but wait for it. Or it is that of a virtual thread which a body
 * has started, and which took over the body's scheduler: it goes to the one that it would have had anywhere else.
 */
internal class MountedCarrier :
    StackCarrier,
    Executor {
    private val submitted = LinkedBlockingQueue<Runnable>()

    // Mounting thread only, but for [mounter], which other threads compare with themselves.
    @Volatile private var mounter: Thread? = null
    private var waking = false
    private var slot: Runnable? = null
    private var loop: LoopCore? = null

    override val kind: Carrier get() = Carrier.LOOP

    override fun attach(stack: BodyStack, name: String) {
        loop = stack.loop
        stack.attachTo(VirtualThreads.scheduledBy(this, name, stack.inScope()))
    }

    override fun execute(continuation: Runnable) {
        when {
            Thread.currentThread() === mounter && waking -> slot = continuation
            isOfDriver(continuation) -> submitted.put(continuation)
            else -> VirtualThreads.executeByDefault(continuation)
        }
    }

    /** Whoever else asks may see an earlier driver, but no stack of ours that it could take its own thread for. */
    private fun isOfDriver(continuation: Runnable): Boolean {
        val thread = (loop?.driver as? BodyStack)?.threadOrNull ?: return false
        return VirtualThreads.isContinuationOf(thread, continuation)
    }

    // Whoever gives the baton away has said in the loop's driver to whom, and all of them run on the mounting thread: no
    // flag of their own is needed, nor one that is volatile.

    override fun transfer(from: Stack, to: Stack) {
        if (from is CallerStack) {
            if (VirtualThreads.isCurrent) {
                mountElsewhere(from)
            } else {
                mount(from)
            }
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
