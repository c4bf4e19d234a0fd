package dev.asyncio.engine

import dev.asyncio.engine.context.CarriedLocals
import dev.asyncio.engine.context.ContextCell
import dev.asyncio.engine.context.ThreadState
import dev.asyncio.engine.loop.BodyStack
import dev.asyncio.engine.loop.Intake
import dev.asyncio.engine.loop.LoopBackend
import dev.asyncio.engine.loop.LoopCore
import dev.asyncio.engine.loop.ReadyQueue
import dev.asyncio.engine.loop.StackCarrier
import dev.asyncio.engine.tasks.TaskImpl
import dev.asyncio.engine.tasks.TaskList
import java.util.IdentityHashMap

/**
 * A loop whose handles may be steps of tasks: which task runs, in whose context, and whether it is its Java body.
 *
 * Loop thread only.
 */
internal abstract class TaskLoop(
    backend: LoopBackend,
    ready: ReadyQueue,
    carrier: StackCarrier,
    intake: Intake,
) : LoopCore(backend, ready, carrier, intake) {
    @JvmField val tasks = TaskList()

    /** The task whose step runs now. */
    @JvmField var currentTask: TaskImpl<*>? = null

    override val currentCell: ContextCell? get() = currentTask

    /** Whether it is the code of a Java body that runs now, and neither a callback nor Kotlin code, which cannot park. */
    @JvmField var inJavaBody = false

    /** The stack of the Java body that runs now, if one does. */
    val javaStack: BodyStack? get() = if (inJavaBody) driver as? BodyStack else null

    /** Whether it is the suspend code of a task that runs now. */
    val inKotlinBody: Boolean get() = currentTask != null && !inJavaBody

    /** The generators that run in the steps of tasks, the innermost of each; null until there is one. */
    private var chains: IdentityHashMap<TaskImpl<*>, Any>? = null

    private var stepStarted = 0L

    /** In debug mode: [what] took [nanos]. */
    abstract fun reportIfSlow(what: Any, nanos: Long)

    fun beginStep(task: TaskImpl<*>) {
        entered = task.enterContext()
        currentTask = task
        task.running = true
        if (CarriedLocals.inUse) showCarried()
        if (debug) stepStarted = System.nanoTime()
    }

    override fun endStep() {
        val task = currentTask ?: return
        currentTask = null
        inJavaBody = false
        entered = null
        if (CarriedLocals.inUse) showOwnLocals()
        task.leaveContext()
        task.afterStep()
        if (stepStarted != 0L) {
            val nanos = System.nanoTime() - stepStarted
            stepStarted = 0L
            reportIfSlow(task, nanos)
        }
    }

    /** Takes [task]'s first step inside the call that creates it; whatever runs now is interrupted by it. */
    fun runEagerly(task: TaskImpl<*>) {
        val outerTask = currentTask
        val outerEntered = entered
        val wasInJavaBody = inJavaBody
        val outerStart = stepStarted
        val host = driver as? BodyStack
        val wasBlocked = host?.blocked ?: false
        val wasHost = host?.hostsEagerStep ?: false
        beginStep(task)
        tasks.add(task)
        host?.blocked = true
        host?.hostsEagerStep = true
        inJavaBody = false
        try {
            task.step()
            val stack = switchTo
            if (stack != null) {
                switchTo = null
                callOn(stack)
            } else {
                endStep()
            }
        } catch (e: Throwable) {
            endStep()
            throw e
        } finally {
            host?.blocked = wasBlocked
            host?.hostsEagerStep = wasHost
            currentTask = outerTask
            entered = outerEntered
            inJavaBody = wasInJavaBody
            stepStarted = outerStart
            if (CarriedLocals.inUse) showCarried()
        }
        rethrowFatal()
    }

    /** The code that goes on is in [cell], or in its task's own if that is null. */
    fun reenter(cell: ContextCell?) {
        entered = cell
        if (CarriedLocals.inUse) showCarried()
    }

    /** Gives thread-locals of the calling thread the values that they have in the code that runs now. */
    fun showCarried() = ThreadState.current().show(cell)

    /**
     * Whose calls [task]'s code is in: its own, or those of a generator that it waits for. Frames of one such chain may
     * stand on each other on a stack; those of two must not, since each goes on while the other waits.
     */
    fun chainOf(task: TaskImpl<*>): Any = chains?.get(task) ?: task

    /** Makes [chain] the one that [task] is in, and returns the one that it was in. */
    fun setChain(task: TaskImpl<*>, chain: Any): Any {
        val outer = chainOf(task)
        val chains = chains ?: IdentityHashMap<TaskImpl<*>, Any>().also { chains = it }
        if (chain === task) chains.remove(task) else chains[task] = chain
        return outer
    }

    /**
     * The task in whose step code of [task] runs. It is another one inside of a generator: its body goes on in the
     * steps of whoever wants the next element, while Kotlin code that it called keeps the context that it began with.
     */
    fun steppingFor(task: TaskImpl<*>): TaskImpl<*> {
        val current = currentTask
        return if (current == null || current === task || chains?.get(current) == null) task else current
    }
}
