package dev.asyncio.engine.attached

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Delay
import kotlinx.coroutines.DisposableHandle
import kotlinx.coroutines.InternalCoroutinesApi
import java.util.concurrent.Executor
import java.util.concurrent.ScheduledThreadPoolExecutor
import java.util.concurrent.TimeUnit
import kotlin.coroutines.EmptyCoroutineContext

/** Whose thread an attached loop lives on: where its iterations are posted, and what wakes it up for its timers. */
internal interface Home {
    /** Any thread: has [iteration] run on the home's thread, after what it has to do already. */
    fun post(iteration: Runnable)

    /** Runs [ring], on any thread, when so much time has passed; may be early by its clock's grain. Home's thread. */
    fun alarm(nanos: Long, ring: Runnable): DisposableHandle

    /** The loop is closed. */
    fun close()
}

/** A dispatcher of kotlinx, with its own timers where it has any. */
@OptIn(InternalCoroutinesApi::class)
internal class DispatcherHome(private val dispatcher: CoroutineDispatcher) : Home {
    private val alarms = lazy { AlarmThread() }

    override fun post(iteration: Runnable) = dispatcher.dispatch(EmptyCoroutineContext, iteration)

    override fun alarm(nanos: Long, ring: Runnable): DisposableHandle {
        val timers = dispatcher as? Delay ?: return alarms.value.alarm(nanos, ring)
        // Rounded up: an alarm that rings early has to be set again.
        val millis = TimeUnit.NANOSECONDS.toMillis(nanos) + 1
        return timers.invokeOnTimeout(millis, ring, EmptyCoroutineContext)
    }

    override fun close() {
        if (alarms.isInitialized()) alarms.value.close()
    }

    override fun toString(): String = dispatcher.toString()
}

/** What has no timers of its own, such as Swing's `invokeLater`. */
internal class ExecutorHome(private val executor: Executor) : Home {
    private val alarms = lazy { AlarmThread() }

    override fun post(iteration: Runnable) = executor.execute(iteration)

    override fun alarm(nanos: Long, ring: Runnable): DisposableHandle = alarms.value.alarm(nanos, ring)

    override fun close() {
        if (alarms.isInitialized()) alarms.value.close()
    }

    override fun toString(): String = executor.toString()
}

/** A thread that does nothing but ring. */
private class AlarmThread {
    private val timers = ScheduledThreadPoolExecutor(1) { Thread(it, "asyncio-alarm").apply { isDaemon = true } }

    init {
        timers.removeOnCancelPolicy = true
    }

    fun alarm(nanos: Long, ring: Runnable): DisposableHandle {
        val alarm = timers.schedule(ring, nanos, TimeUnit.NANOSECONDS)
        return DisposableHandle { alarm.cancel(false) }
    }

    fun close() {
        timers.shutdownNow()
    }
}
