package dev.asyncio.engine

import dev.asyncio.Awaitable
import dev.asyncio.Carrier
import dev.asyncio.DeadlockException
import dev.asyncio.EventLoop
import dev.asyncio.engine.await.TaskScope
import dev.asyncio.engine.loop.LoopCore
import dev.asyncio.engine.loop.ReadyQueue
import dev.asyncio.engine.loop.VirtualBackend
import dev.asyncio.engine.loop.toNanosSaturated
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.spi.VirtualLoop
import java.time.Duration
import java.util.concurrent.ConcurrentHashMap

/** The loop on virtual time: the same scheduler with another clock, which knows when nothing can go on. */
internal class VirtualLoopImpl(
    face: EventLoop?,
    carrier: Carrier?,
    private val clock: VirtualBackend = VirtualBackend(),
    ready: ReadyQueue = ReadyQueue(),
) : LoopImpl(clock, carrier, ready),
    VirtualLoop {
    override val face: EventLoop = face ?: this

    override val whyNoChannels: String
        get() = "a loop on virtual time does no I/O, since its clock would run ahead while bytes are on their way: " +
            "use a loop of Asyncio.newEventLoop() or Asyncio.run"

    override val whyNoProcesses: String get() = whyNoChannels

    private var starved = false

    /** Where coroutines may be launched, which is not in most tasks: all that has to be looked at before time jumps. */
    private val scopes: MutableSet<TaskScope<*>> = ConcurrentHashMap.newKeySet()

    override fun noteEpochs(scope: TaskScope<*>) {
        if (!scope.done()) scopes.add(scope)
    }

    override fun forgetEpochs(scope: TaskScope<*>) {
        scopes.remove(scope)
    }

    override fun advance(duration: Duration) {
        checkOpen()
        checkThread()
        clock.advance(duration.toNanosSaturated())
    }

    override fun runUntilIdle() {
        clock.waitsForSignals = false
        try {
            whenStarved({ it.stop() }) { runForever() }
        } finally {
            clock.waitsForSignals = true
        }
    }

    override fun <T> runUntilComplete(awaitable: Awaitable<T>): T {
        starved = false
        return whenStarved(::deadlock) { super<LoopImpl>.runUntilComplete(awaitable) }
    }

    // In this order: a coroutine elsewhere that calls the loop runs until its call is in the intake.
    override val waitsForOthers: Boolean
        get() = scopes.any { it.waitsElsewhere } || runningElsewhere.get() > 0

    private fun deadlock(loop: LoopCore) {
        starved = true
        loop.stop()
    }

    override fun stoppedBefore(future: FutureImpl<*>): RuntimeException {
        if (!starved) return super<LoopImpl>.stoppedBefore(future)
        val pending = tasks.toSet()
        return DeadlockException(
            "nothing is ready, no timer is left and no job is outstanding, but $future is not done; pending tasks: " +
                pending.joinToString().ifEmpty { "none" },
        )
    }

    private inline fun <T> whenStarved(noinline action: (LoopCore) -> Unit, run: () -> T): T {
        val before = clock.onStarved
        clock.onStarved = action
        try {
            return run()
        } finally {
            clock.onStarved = before
        }
    }

    override fun toString(): String = super.toString().replaceFirst("EventLoop", "VirtualTimeLoop")
}
