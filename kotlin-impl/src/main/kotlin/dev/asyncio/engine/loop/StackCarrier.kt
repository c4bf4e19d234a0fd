package dev.asyncio.engine.loop

import dev.asyncio.Carrier

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
