package dev.asyncio.engine.await

import dev.asyncio.Carrier
import dev.asyncio.ExceptionContext
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.loop.BodyStack
import dev.asyncio.engine.tasks.TaskImpl

/**
 * In debug mode, tells of a body that is about to park a virtual thread under a frame that the JVM cannot unmount:
 * the thread then keeps its carrier, and a few of them can stop the whole program. A native frame or a class
 * initializer is seen on the stack; a monitor, which pins before JDK 24, is not, and `-Djdk.tracePinnedThreads=full`
 * shows it.
 */
internal object PinDetector {
    fun check(loop: LoopImpl, task: TaskImpl<*>, stack: BodyStack) {
        if (loop.stacks.carrier.kind == Carrier.PLATFORM) return
        val frames = Thread.currentThread().stackTrace
        // The lowest frames are the thread's own; above them a native one stands for a call out of and back into Java.
        val pin = frames.firstOrNull { it.pins() } ?: return
        if (!loop.pinsReported.add(pin.toString())) return
        val why = if (pin.isNativeMethod) "a native method" else "a class initializer"
        loop.callExceptionHandler(
            ExceptionContext.builder("$task awaits inside $why ($pin) and pins its carrier thread while it waits")
                .task(task)
                .extra("source_traceback", frames.toList())
                .build(),
        )
    }

    private fun StackTraceElement.pins(): Boolean = methodName == "<clinit>" || (isNativeMethod && !isOfThread())

    private fun StackTraceElement.isOfThread(): Boolean =
        className == "java.lang.Thread" || className == "java.lang.VirtualThread"
}
