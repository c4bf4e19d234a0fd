package dev.asyncio.engine.loop

import dev.asyncio.Carrier
import java.util.concurrent.Executor
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.locks.LockSupport

/**
 * Virtual threads that the loop schedules itself: the thread that called `run` mounts the stack whose turn it is and
 * gets control back when that stack parks, so that a switch never crosses platform threads.
 *
 * The JDK hands every continuation that is ready to run to [execute]. From the mounting thread that is the stack it
 * has just woken. From anywhere else it is a body that blocked in something else than an await (a sleep, a lock): it
 * holds the baton meanwhile, so the mounting thread has nothing to do but wait for it.
 */
internal class MountedCarrier :
    StackCarrier,
    Executor {
    private val submitted = LinkedBlockingQueue<Runnable>()

    // Mounting thread only, but for [mounter], which other threads compare with themselves.
    @Volatile private var mounter: Thread? = null
    private var slot: Runnable? = null

    // Holder of the baton only.
    private var next: Stack? = null

    override val kind: Carrier get() = Carrier.LOOP

    override fun attach(stack: BodyStack, name: String) {
        stack.thread = VirtualThreads.scheduledBy(this, name, stack.inScope())
    }

    override fun execute(continuation: Runnable) {
        if (Thread.currentThread() === mounter && slot == null) slot = continuation else submitted.put(continuation)
    }

    override fun transfer(from: Stack, to: Stack) {
        from.turn = false
        if (from is CallerStack) mount(from, to) else leaveTo(to)
        awaitTurn(from)
    }

    override fun leaveTo(to: Stack) {
        next = to
    }

    override fun awaitTurn(stack: Stack) {
        while (!stack.turn) {
            LockSupport.park(stack)
            if (Thread.interrupted()) stack.interrupted = true
        }
        // By somebody whose turn was over before this thread came to wait for its own.
        if (Thread.interrupted()) stack.interrupted = true
    }

    /** Runs stacks on this thread, [first] first, until the baton comes back to [caller]. */
    private fun mount(caller: CallerStack, first: Stack) {
        mounter = Thread.currentThread()
        try {
            var stack = first
            while (stack !== caller) {
                next = null
                stack.turn = true
                stack.wake()
                runUntilNext(caller)
                stack = next!!
            }
            next = null
            caller.turn = true
        } finally {
            mounter = null
        }
    }

    private fun runUntilNext(caller: CallerStack) {
        while (next == null || slot != null) {
            val continuation = slot ?: takeSubmitted(caller)
            slot = null
            continuation.run()
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
