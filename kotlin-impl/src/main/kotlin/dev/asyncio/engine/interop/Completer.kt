package dev.asyncio.engine.interop

import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.threads.MirrorFuture
import dev.asyncio.engine.threads.MirrorStage
import java.util.concurrent.CompletionStage

/** Who will tell an outcome: by that, virtual time stands still meanwhile or goes on. Loop thread only. */
internal enum class Completer {
    /** Something that no timer is to overtake: it counts as a job of the loop's. */
    OTHERS {
        override fun begin(loop: LoopImpl) = loop.jobStarted()

        override fun end(loop: LoopImpl) = loop.jobEnded()
    },

    /** The loop itself: it goes on as if what completes it were awaited. */
    LOOP {
        override fun begin(loop: LoopImpl) = Unit

        override fun end(loop: LoopImpl) = Unit
    },

    /** Something made of what the loop completes, by the loop or by another thread. */
    EITHER {
        override fun begin(loop: LoopImpl) {
            loop.signalsExpected++
        }

        override fun end(loop: LoopImpl) {
            loop.signalsExpected--
        }
    }, ;

    abstract fun begin(loop: LoopImpl)

    abstract fun end(loop: LoopImpl)

    companion object {
        fun of(stage: CompletionStage<*>, loop: LoopImpl): Completer = when {
            stage !is MirrorStage<*> || stage.loop !== loop -> OTHERS
            stage is MirrorFuture<*> -> LOOP
            else -> EITHER
        }
    }
}
