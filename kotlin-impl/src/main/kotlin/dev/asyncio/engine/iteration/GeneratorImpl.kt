package dev.asyncio.engine.iteration

import dev.asyncio.Coroutine
import dev.asyncio.Emitter
import dev.asyncio.GeneratorBody
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.await.EngineCoroutine
import dev.asyncio.engine.await.JavaSegment
import dev.asyncio.engine.await.ParkPoint
import dev.asyncio.engine.await.steppingTask
import dev.asyncio.engine.context.ContextCell
import dev.asyncio.engine.context.ThreadState
import dev.asyncio.engine.internal.ElementIterator
import dev.asyncio.engine.loop.BodyStack
import dev.asyncio.engine.loop.readyItem
import dev.asyncio.engine.tasks.TaskImpl
import kotlinx.coroutines.CoroutineScope
import kotlin.coroutines.Continuation
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.jvm.internal.CoroutineStackFrame

/**
 * Python's asynchronous generator: a Java body on a stack of its own that runs in its consumer's steps. `advance` and
 * `emit` go from one to the other within a step, and the loop notices nothing; what the body awaits, the consumer's
 * task waits for. Loop thread only.
 */
internal class GeneratorImpl<T>(private val body: GeneratorBody<T>) :
    ElementIterator<T>(),
    Emitter<T> {
    /*
     * CREATED --advance--> RUNNING --emit--> SUSPENDED --advance, close--> RUNNING
     *    |                    --body ends--> FINISHED
     *    --close--> FINISHED
     *
     * RUNNING: consumer is set, and the body may be parked in an await. SUSPENDED: emission is set, where the body is
     * parked.
     */
    private enum class State { CREATED, RUNNING, SUSPENDED, FINISHED }

    private var state = State.CREATED
    private var loop: LoopImpl? = null

    // While RUNNING: who waits for the next element, in which task, and what that task would go back to.
    private var consumer: Continuation<Any?>? = null
    private var task: TaskImpl<*>? = null
    private var consumerChain: Any? = null
    private var consumerEntered: ContextCell? = null

    /** Whether the consumer wants an end instead of an element. */
    private var closing = false

    private var emission: ParkPoint? = null

    private val advancing = Turn<Boolean>(closing = false)
    private val ending = Turn<Void?>(closing = true)

    override fun advance(): Coroutine<Boolean> = advancing

    override fun close(): Coroutine<Void?> = ending

    // ---- the consumer's side

    private inner class Turn<R>(private val closing: Boolean) : EngineCoroutine<R>() {
        override fun start(scope: CoroutineScope, completion: Continuation<R>): Any? {
            check(state != State.RUNNING) {
                "${this@GeneratorImpl} is running already: await one advance() or close() at a time"
            }
            leaveElement()
            if (closing && state == State.CREATED) state = State.FINISHED
            if (state == State.FINISHED) return ended(closing)
            @Suppress("UNCHECKED_CAST")
            goOn(completion as Continuation<Any?>, closing)
            return COROUTINE_SUSPENDED
        }

        override fun toString(): String = if (closing) "generator.close" else "generator.advance"
    }

    /** What an advance or a close gives where there is nothing more. */
    private fun ended(closing: Boolean): Boolean? = if (closing) null else false

    private fun goOn(frame: Continuation<Any?>, closing: Boolean) {
        val current = frame.context.steppingTask()!!
        val loop = current.loop
        check(this.loop == null || this.loop === loop) { "$this is bound to a different event loop" }
        this.loop = loop
        val point = emission
        emission = null
        state = State.RUNNING
        this.closing = closing
        consumer = frame
        task = current
        consumerChain = loop.setChain(current, this)
        consumerEntered = loop.entered
        if (point != null) {
            // The body's frames are below those of an eager step: they go on in the next one.
            if (point.stack.hostsEagerStep) current.yieldOnce(point) else point.resumeWith(Result.success(Unit))
            return
        }
        try {
            JavaSegment(current, Coroutine<Any?> { body.run(this) }, Completion()).startApart()
        } catch (e: Throwable) {
            // there are too many stacks
            leave()
            state = State.CREATED
            throw e
        }
        loop.openGenerators.add(this)
    }

    /** The consumer's turn: gives back who that is. */
    private fun leave(): Continuation<Any?> {
        val frame = consumer!!
        val loop = loop!!
        loop.setChain(task!!, consumerChain!!)
        loop.reenter(consumerEntered)
        consumer = null
        task = null
        consumerChain = null
        consumerEntered = null
        return frame
    }

    // ---- the body's side

    override fun emit(item: T) {
        val loop = ThreadState.currentLoop as LoopImpl?
        val stack = loop?.javaStack
        if (stack?.abandoned == true) stack.refuseAwait()
        val task = task
        check(
            loop != null && stack != null && task != null && loop.currentTask === task && loop.chainOf(task) === this,
        ) {
            "emit() is for the body of a generator, while an advance() waits for it"
        }
        val entered = loop.entered?.takeUnless(task::isOwnContext) // by Context.run
        val outcome =
            if (closing) {
                Result.failure(IllegalStateException("$this ignores that it is closed: it emits in its clean-up"))
            } else {
                found(item)
                Result.success(true)
            }
        val point = ParkPoint.of(task, stack)
        emission = point
        state = State.SUSPENDED
        val frame = leave()
        when {
            frame is ParkPoint -> frame.resumeWith(outcome)
            loop.hasHome -> loop.homeWork = readyItem { frame.resumeWith(outcome) }
            else -> resumeAbove(stack, loop, frame, outcome)
        }
        point.giveWay()
        (entered ?: consumerEntered)?.let(loop::reenter)
        if (closing) throw GeneratorExit()
    }

    /**
     * Runs the Kotlin code of the consumer on top of the body's frames, until it suspends. Mostly it wants the next
     * element then, and the body goes on without having been parked. No Java code may start up there: it could not be
     * left alone when the body goes on below.
     */
    private fun resumeAbove(
        stack: BodyStack,
        loop: LoopImpl,
        frame: Continuation<Any?>,
        outcome: Result<Any?>,
    ) {
        val wasBlocked = stack.blocked
        val interrupted = Thread.interrupted() // the flag is the body's own
        stack.blocked = true
        loop.inJavaBody = false
        loop.runItem(readyItem { frame.resumeWith(outcome) })
        stack.blocked = wasBlocked
        Thread.interrupted()
        if (interrupted) Thread.currentThread().interrupt()
    }

    /** The body is over. */
    private inner class Completion :
        Continuation<Any?>,
        CoroutineStackFrame {
        override val context: CoroutineContext get() = consumer!!.context
        override val callerFrame: CoroutineStackFrame? get() = consumer as? CoroutineStackFrame

        override fun getStackTraceElement(): StackTraceElement? = null

        override fun resumeWith(result: Result<Any?>) {
            state = State.FINISHED
            loop!!.openGenerators.remove(this@GeneratorImpl)
            val error = result.exceptionOrNull()
            val isEnd = error == null || (closing && error is GeneratorExit)
            leave().resumeWith(if (isEnd) Result.success(ended(closing)) else result)
        }
    }

    override fun toString(): String = "<AsyncGenerator ${state.name.lowercase()} $body>"
}

/** What a body gets instead of the next turn when its consumer has stopped. */
internal class GeneratorExit : Error("the generator is closed") {
    override fun fillInStackTrace(): Throwable = this
}
