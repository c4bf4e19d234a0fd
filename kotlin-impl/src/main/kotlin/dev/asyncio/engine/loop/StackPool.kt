package dev.asyncio.engine.loop

import dev.asyncio.Carrier
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.Executor

/**
 * The stacks of one loop: made when a Java body needs one, kept for the next body, ended with the loop. Holder of the
 * baton only.
 */
internal class StackPool(
    private val loop: LoopCore,
    @JvmField val carrier: StackCarrier,
) {
    /** What the threads of stacks run inside of. */
    var scope: Executor? = null

    private val idle = ArrayList<BodyStack>()
    private val live = StackList()
    private var made = 0

    /** A platform thread costs more to make than to keep, and there are not many. */
    private val maxIdle = if (carrier.kind == Carrier.PLATFORM) Int.MAX_VALUE else MAX_IDLE_VIRTUAL

    /** How many stacks were ever made; any thread. */
    @Volatile
    var madeCount: Int = 0
        private set

    /** A stack without a body; throws [IllegalStateException] where there are too many. */
    fun acquire(): BodyStack {
        if (idle.isNotEmpty()) return idle.removeAt(idle.size - 1)
        if (carrier.kind == Carrier.PLATFORM && live.size >= maxPlatformStacks) throw tooMany(null)
        if (made == 0) inUse.add(this)
        val stack = BodyStack(loop, ++made)
        try {
            carrier.attach(stack, nameOfThread())
        } catch (e: OutOfMemoryError) {
            throw tooMany(e) // how the JVM says that the machine has no more threads
        }
        madeCount = made
        live.add(stack)
        return stack
    }

    /** Virtual threads share one name: there may be a million, and thread dumps number them. */
    private fun nameOfThread() = if (carrier.kind == Carrier.PLATFORM) "$NAME-$made" else NAME

    /**
     * Called on [stack] at its base: gives the baton to [to]; false: the stack is not needed any more and has to end.
     */
    fun idleAndTransfer(stack: BodyStack, to: Stack): Boolean {
        if (idle.size >= maxIdle) {
            live.remove(stack)
            loop.leaveTo(to)
            return false
        }
        idle.add(stack)
        loop.handOver(stack, to)
        return true
    }

    /** Called on [stack] as its last act. */
    fun retired(stack: BodyStack) = leave(stack)

    /**
     * Called on [stack] as its last act, with the baton and an [error] of the loop's own code, such as calls from a wrong
     * thread lead to: it ends the run, which would else wait for ever.
     */
    fun broken(stack: BodyStack, error: Throwable) {
        live.remove(stack)
        loop.breakOff(stack, error)
    }

    private fun leave(stack: BodyStack) = loop.leaveTo(stack.returnTo!!)

    /**
     * Ends all stacks, one after the other: idle ones at once, others after their bodies were unwound by an error that every
     * await throws. Called on a thread that is not one of them, while the loop does not run. Returns the owners of stacks
     * whose bodies would not end.
     */
    fun close(caller: CallerStack): List<Any> {
        val ending = live.takeAll()
        ending.forEachIndexed { i, stack ->
            stack.abandoned = true
            stack.retiring = true
            stack.returnTo = ending.getOrElse(i + 1) { caller }
        }
        ending.firstOrNull()?.let { loop.handOver(caller, it) }
        val (lost, ended) = ending.partition { it.lost }
        ended.forEach { caller.join(it.thread) }
        idle.clear()
        inUse.remove(this)
        return lost.map { it.owner ?: it }
    }

    /** Called on [stack]: its body goes on whatever it is told. Its thread waits for ever from here on. */
    fun lose(stack: BodyStack) {
        stack.lost = true
        leave(stack)
    }

    private fun tooMany(cause: Throwable?): IllegalStateException = IllegalStateException(
        "${live.size} Java bodies are suspended at once, each on a thread of its own, and no more threads are to be " +
            "had (at most $maxPlatformStacks by the system property $MAX_PROPERTY): run on JDK 21 or newer, where " +
            "bodies are virtual threads, or write what there is so much of as Kotlin suspend functions or as " +
            "operations without a body such as gather(sleep(a), queue.get())",
        cause,
    )

    companion object {
        private const val NAME = "asyncio-body"

        /** Those that have made stacks and are not closed. */
        private val inUse: MutableSet<StackPool> = ConcurrentHashMap.newKeySet()

        /**
         * The stack that the calling thread carries, if it holds the baton: for one that has [lost its mark]
         * [BodyStack.ofThread], since a body has given it another handler.
         */
        fun findCurrent(): BodyStack? {
            val thread = Thread.currentThread()
            for (pool in inUse) {
                // It changes meanwhile, but never to or from this thread's stack.
                val driver = pool.loop.driver
                if (driver is BodyStack && driver.threadOrNull === thread) return driver
            }
            return null
        }

        private const val MAX_IDLE_VIRTUAL = 1024
        private const val MAX_PROPERTY = "dev.asyncio.carrier.platform.max"
        private const val DEFAULT_MAX = 4096

        private val maxPlatformStacks: Int get() = Integer.getInteger(MAX_PROPERTY, DEFAULT_MAX)
    }
}
