package dev.asyncio.engine.loop

import dev.asyncio.Carrier
import java.util.concurrent.ThreadFactory

/** What the stacks of Java bodies are made of, and how the baton goes from one to another. */
internal interface StackCarrier {
    /** As told by `loop.toString()`. */
    val kind: Carrier

    /** Gives [stack] a thread; throws what the machine throws when it has no more. */
    fun attach(stack: BodyStack, name: String)

    /** Gives the baton to [to], which is the loop's driver already, and returns when [from] has it again. */
    fun transfer(from: Stack, to: Stack)

    /** Gives the baton to [to], which is the loop's driver already, for good: the giver's thread ends next. */
    fun leaveTo(to: Stack)

    /** Waits for [stack]'s first turn; called on its own thread. */
    fun awaitTurn(stack: Stack)
}

/** One thread for each stack, platform or virtual: the giver unparks the receiver and parks. */
internal class ThreadCarrier(override val kind: Carrier, private val threads: ThreadFactory) : StackCarrier {
    override fun attach(stack: BodyStack, name: String) {
        val thread =
            threads.newThread(stack.inScope()) ?: throw IllegalStateException("the thread factory made no thread")
        thread.name = name
        stack.thread = thread
        // At once: where the machine has no more threads, the body that asked for one fails, nobody else.
        thread.start()
        stack.started = true
    }

    override fun transfer(from: Stack, to: Stack) {
        from.turn = false
        leaveTo(to)
        awaitTurn(from)
    }

    override fun leaveTo(to: Stack) {
        to.turn = true
        to.wake()
    }

    override fun awaitTurn(stack: Stack) = stack.parkUntil { stack.turn }

    companion object {
        fun platform(): ThreadCarrier = ThreadCarrier(Carrier.PLATFORM) { body ->
            Thread(body).apply { isDaemon = true }
        }

        fun virtual(): ThreadCarrier = ThreadCarrier(Carrier.VIRTUAL, VirtualThreads.factory())
    }
}
