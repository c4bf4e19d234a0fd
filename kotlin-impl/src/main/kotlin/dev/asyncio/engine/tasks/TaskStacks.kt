package dev.asyncio.engine.tasks

import dev.asyncio.engine.await.ParkPoint
import kotlin.coroutines.Continuation
import kotlin.coroutines.jvm.internal.CoroutineStackFrame

/** Where a task is: the frames of its code, oldest first, without those of the engine below them. */
internal object TaskStacks {
    /** A suspended body: the frames of its continuations and of the stacks that Java code in it is parked on. */
    fun ofFrame(frame: Continuation<*>?): List<StackTraceElement> {
        val newestFirst = ArrayList<StackTraceElement>()
        var next = frame as? CoroutineStackFrame
        while (next != null) {
            if (next is ParkPoint) {
                // Above the place where it parked, the stack may be running handles of anybody.
                newestFirst.addAll(next.thread.stackTrace.dropWhile { it.className != PARK_POINT })
            } else {
                next.getStackTraceElement()?.let(newestFirst::add)
            }
            next = next.callerFrame
        }
        return newestFirst.ofUser()
    }

    /** The user's frames on a thread that runs, or is parked in, a body. */
    fun ofThread(thread: Thread): List<StackTraceElement> = thread.stackTrace.asList().ofUser()

    /** The frames at which an exception was made. */
    fun ofFailure(error: Throwable): List<StackTraceElement> = error.stackTrace.asList().ofUser()

    /** To standard error, as Python does. */
    fun print(task: TaskImpl<*>, error: Throwable?) {
        val stack = task.stack
        val text = StringBuilder()
        when {
            stack.isEmpty() -> text.append("No stack for ").append(task)
            error != null -> text.append("Traceback for ").append(task).append(" (most recent call last):")
            else -> text.append("Stack for ").append(task).append(" (most recent call last):")
        }
        for (frame in stack) text.append("\n  at ").append(frame)
        if (error != null) text.append('\n').append(error)
        System.err.println(text)
    }

    private fun List<StackTraceElement>.ofUser(): List<StackTraceElement> =
        filter { frame -> NOT_OF_USER.none(frame.className::startsWith) }.asReversed()

    private val PARK_POINT = ParkPoint::class.java.name

    private val NOT_OF_USER = listOf(
        "dev.asyncio.engine.",
        "dev.asyncio.Asyncio",
        "java.lang.",
        "jdk.internal.",
        "java.util.concurrent.",
        "kotlin.coroutines.",
    )
}
