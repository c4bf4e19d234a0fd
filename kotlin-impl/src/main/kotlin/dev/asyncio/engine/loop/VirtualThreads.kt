package dev.asyncio.engine.loop

import java.lang.reflect.Field
import java.lang.reflect.Method
import java.util.concurrent.Executor
import java.util.concurrent.ThreadFactory

/** Virtual threads by reflection, so that the same class file loads on JDK 11 and on Android. Thread-safe. */
internal object VirtualThreads {
    private val factoryOrNull: ThreadFactory? by lazy(LazyThreadSafetyMode.PUBLICATION) {
        try {
            val builder = Thread::class.java.getMethod("ofVirtual").invoke(null)
            Class.forName("java.lang.Thread\$Builder").getMethod("factory").invoke(builder) as ThreadFactory
        } catch (_: ReflectiveOperationException) {
            null // before JDK 21 there is no such method; in 19 and 20 it is a preview that refuses
        }
    }

    /** The JDK's own maker of a virtual thread with a scheduler, where `--add-opens` lets us call it. */
    private val withScheduler: Method? by lazy(LazyThreadSafetyMode.PUBLICATION) {
        openedOrNull {
            Class.forName("java.lang.ThreadBuilders").getDeclaredMethod(
                "newVirtualThread",
                Executor::class.java,
                String::class.java,
                Int::class.javaPrimitiveType,
                Runnable::class.java,
            )
        }
    }

    private val isVirtual: Method? by lazy(LazyThreadSafetyMode.PUBLICATION) {
        try {
            Thread::class.java.getMethod("isVirtual")
        } catch (_: NoSuchMethodException) {
            null
        }
    }

    /** Whether the calling thread is one. */
    val isCurrent: Boolean get() = isVirtual?.invoke(Thread.currentThread()) == true

    private val continuation: Field? by lazy(LazyThreadSafetyMode.PUBLICATION) {
        openedOrNull { Class.forName("java.lang.VirtualThread").getDeclaredField("runContinuation") }
    }

    private val defaultScheduler: Executor? by lazy(LazyThreadSafetyMode.PUBLICATION) {
        val field = openedOrNull { Class.forName("java.lang.VirtualThread").getDeclaredField("DEFAULT_SCHEDULER") }
        field?.get(null) as? Executor
    }

    val available: Boolean get() = factoryOrNull != null

    val schedulable: Boolean
        get() = available && withScheduler != null && continuation != null && defaultScheduler != null

    /** How many of them run at the same time, as the JVM was started. */
    val parallelism: Int
        get() = Integer.getInteger("jdk.virtualThreadScheduler.parallelism")
            ?: Runtime.getRuntime().availableProcessors()

    fun factory(): ThreadFactory = factoryOrNull ?: throw IllegalStateException(
        "the carrier 'virtual' needs virtual threads, which this JVM (${System.getProperty("java.version")}) lacks: " +
            "run on JDK 21 or newer, or choose the carrier 'auto' or 'platform'",
    )

    /** A virtual thread where there are any, else a platform one; a daemon either way. */
    fun newThreadOrPlatform(body: Runnable): Thread =
        factoryOrNull?.newThread(body) ?: Thread(body).apply { isDaemon = true }

    fun requireSchedulable() {
        check(schedulable) {
            "the carrier 'loop' needs JDK 21 or newer and the JVM flag --add-opens java.base/java.lang=ALL-UNNAMED; " +
                "add it, or choose the carrier 'auto', 'virtual' or 'platform'"
        }
    }

    /** Whether [task], handed to a scheduler, is that [thread] goes on. */
    fun isContinuationOf(thread: Thread, task: Runnable): Boolean = continuation!!.get(thread) === task

    /** Lets the JDK's own scheduler do what another one was handed. */
    fun executeByDefault(task: Runnable) = defaultScheduler!!.execute(task)

    fun scheduledBy(scheduler: Executor, name: String, body: Runnable): Thread =
        withScheduler!!.invoke(null, scheduler, name, 0, body) as Thread
}
