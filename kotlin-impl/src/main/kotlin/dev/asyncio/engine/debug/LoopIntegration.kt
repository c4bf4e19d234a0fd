package dev.asyncio.engine.debug

import dev.asyncio.engine.context.ThreadState
import dev.asyncio.engine.loop.LoopCore
import dev.asyncio.engine.loop.MountedCarrier
import dev.asyncio.engine.loop.StackPool
import dev.asyncio.engine.loop.ThreadCarrier
import dev.asyncio.engine.loop.VirtualThreads
import reactor.blockhound.BlockHound
import reactor.blockhound.integration.BlockHoundIntegration
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.ThreadPoolExecutor

/**
 * Tells BlockHound, which finds this class as a service, where nothing may block: in whatever a loop runs, but for the
 * engine's own waits. Loaded by BlockHound and nobody else.
 */
internal class LoopIntegration : BlockHoundIntegration {
    override fun applyTo(builder: BlockHound.Builder) {
        // Any thread may run a loop for a while: it is asked each time.
        builder.addDynamicThreadPredicate { true }
        builder.nonBlockingThreadPredicate { others -> others.or { ThreadState.currentLoop != null } }
        // The baton goes round, and nothing is ready.
        allow(builder, ThreadCarrier::class.java, "attach", "transfer", "awaitTurn")
        allow(builder, MountedCarrier::class.java, "attach", "transfer", "awaitTurn", "execute")
        allow(builder, LoopCore::class.java, "awaitIntake")
        allow(builder, StackPool::class.java, "close")
        // A log is written at once.
        allow(builder, Diagnostics::class.java, "log", "reportIfSlow")
        // An executor is given a job, or ended: its locks are held for moments only.
        allow(builder, ThreadPoolExecutor::class.java, "addWorker", "shutdown")
        allow(builder, LinkedBlockingQueue::class.java, "offer")
        if (VirtualThreads.available) {
            // They sleep and wait without any of the calls that BlockHound knows.
            builder.markAsBlocking(VIRTUAL_THREAD, "park", "()V")
            builder.markAsBlocking(VIRTUAL_THREAD, "parkNanos", "(J)V")
        }
    }

    private fun allow(builder: BlockHound.Builder, type: Class<*>, vararg methods: String) {
        for (method in methods) builder.allowBlockingCallsInside(type.name, method)
    }

    private companion object {
        const val VIRTUAL_THREAD = "java.lang.VirtualThread"
    }
}
