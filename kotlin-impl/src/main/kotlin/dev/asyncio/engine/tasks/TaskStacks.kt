package dev.asyncio.engine.tasks

import dev.asyncio.engine.await.ParkPoint
import kotlin.coroutines.Continuation
import kotlin.coroutines.jvm.internal.CoroutineStackFrame

/** Where a task is: the frames of its code, oldest first, without those of the engine below them. */
internal object TaskStacks {
    /** A suspended body: the frames of its continuations, or of the stack that it is parked on. */
    fun ofFrame(frame: Continuation<*>?): List<StackTraceElement> = when (frame) {
        null -> emptyList()
        is ParkPoint -> ofThread(frame.thread)
        else -> generateSequence(frame as? CoroutineStackFrame) { it.callerFrame }
            .mapNotNull { it.getStackTraceElement() }
            .toList()
            .asReversed()
    }

    /** The user's frames on a thread that runs, or is parked in, a body. */
    fun ofThread(thread: Thread): List<StackTraceElement> = thread.stackTrace.ofUser()

    /** The frames at which an exception was made. */
    fun ofFailure(error: Throwable): List<StackTraceElement> = error.stackTrace.ofUser()

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

    private fun Array<StackTraceElement>.ofUser(): List<StackTraceElement> =
        filter { frame -> NOT_OF_USER.none(frame.className::startsWith) }.asReversed()

    private val NOT_OF_USER = listOf(
        "dev.asyncio.engine.",
        "dev.asyncio.Asyncio",
        "java.lang.",
        "jdk.internal.",
        "java.util.concurrent.",
        "kotlin.coroutines.",
    )
}
