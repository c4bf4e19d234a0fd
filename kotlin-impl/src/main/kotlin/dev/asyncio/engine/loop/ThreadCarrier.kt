package dev.asyncio.engine.loop

import dev.asyncio.Carrier
import java.util.concurrent.ThreadFactory

/**
 * One thread for each stack, platform or virtual: the giver unparks the receiver and parks.
 *
 * To park a thread and to wake it takes longer than most steps do, so one that can foresee its turn waits for it awake, for
 * about as long as that takes, and parks then: at most twice the cost of the better choice (Karlin, Li, Manasse, Owicki:
 * "Empirical Studies of Competitive Spinning for a Shared-Memory Multiprocessor", 1991). Foreseen is the turn of a giver that
 * got the baton straight back last time, as each of two does that answer each other. Else, of platform threads, it is that of
 * the stack behind the next one in the ready queue, which is woken along with the next.
 */
internal class ThreadCarrier private constructor(
    override val kind: Carrier,
    private val threads: ThreadFactory,
    cores: Int,
    private val maxNanosAwake: Int,
) : StackCarrier {
    private val isPlatform = kind == Carrier.PLATFORM

    // Holder of the baton only.
    private val foresight = Foresight(isWorthwhile = cores > 1)
    private var lastGiver: Stack? = null

    override fun attach(stack: BodyStack, name: String) {
        val thread =
            threads.newThread(stack.inScope()) ?: throw IllegalStateException("the thread factory made no thread")
        thread.name = name
        stack.attachTo(thread)
        // At once: where the machine has no more threads, the body that asked for one fails, nobody else.
        thread.start()
        stack.started = true
    }

    override fun transfer(from: Stack, to: Stack) {
        from.turn = false
        val foreseen = foresee(from, to)
        leaveTo(to)
        if (foreseen !== from) foreseen?.wake()
        awaitTurn(from)
    }

    override fun leaveTo(to: Stack) {
        to.turn = true
        to.wake()
    }

    override fun awaitTurn(stack: Stack) {
        var wasForeseen = false
        var cameInTime = false
        stack.parkUntil {
            if (stack.turnIsNear) {
                stack.turnIsNear = false
                wasForeseen = true
                cameInTime = awaitAwake(stack)
            }
            stack.turn
        }
        if (wasForeseen) foresight.turnedOut(cameInTime)
    }

    /** Who is to wait awake while the baton goes from [from] to [to]. */
    private fun foresee(from: Stack, to: Stack): Stack? {
        to.gotStraightBack = to === lastGiver
        lastGiver = from
        if (!foresight.tryUse()) return null
        val foreseen = when {
            from.gotStraightBack -> from
            isPlatform -> from.loop.foreseenStack(to)
            else -> null
        }
        foreseen?.turnIsNear = true
        return foreseen
    }

    private fun awaitAwake(stack: Stack): Boolean {
        val start = System.nanoTime()
        var checks = 0
        while (!stack.turn) {
            if (System.nanoTime() - start > maxNanosAwake) return false
            // Who has the baton may be waiting for this very core.
            if (isPlatform && ++checks % CHECKS_WITHOUT_YIELD == 0) Thread.yield()
        }
        return true
    }

    companion object {
        private const val MAX_NANOS_AWAKE_PLATFORM = 30_000
        private const val MAX_NANOS_AWAKE_VIRTUAL = 3_000
        private const val CHECKS_WITHOUT_YIELD = 32

        fun platform(): ThreadCarrier = ThreadCarrier(
            Carrier.PLATFORM,
            { body -> Thread(body).apply { isDaemon = true } },
            Runtime.getRuntime().availableProcessors(),
            MAX_NANOS_AWAKE_PLATFORM,
        )

        fun virtual(): ThreadCarrier = ThreadCarrier(
            Carrier.VIRTUAL,
            VirtualThreads.factory(),
            VirtualThreads.parallelism,
            MAX_NANOS_AWAKE_VIRTUAL,
        )
    }
}
