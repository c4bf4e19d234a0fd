package dev.asyncio.runner

import dev.asyncio.Asyncio
import dev.asyncio.EventLoop
import dev.asyncio.Future
import dev.asyncio.VoidCoroutine
import sun.misc.Signal

/** A program with a handler of its own for Ctrl-C. In Kotlin, because javac warns of the JDK's signal classes. */
object ClaimsCtrlC {
    private lateinit var loop: EventLoop
    private lateinit var go: Future<Unit>

    @JvmStatic
    fun main(args: Array<String>) {
        Signal.handle(Signal("INT")) {
            loop.callSoonThreadsafe {
                println("my own handler")
                go.setResult(Unit)
            }
        }
        Asyncio.run(
            VoidCoroutine {
                loop = Asyncio.getRunningLoop()
                go = loop.createFuture()
                println("ready")
                Asyncio.await(go)
                println("went on")
            },
        )
    }
}
