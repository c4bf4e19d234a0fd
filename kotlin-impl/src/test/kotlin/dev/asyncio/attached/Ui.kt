package dev.asyncio.attached

import dev.asyncio.Asyncio
import dev.asyncio.Carrier
import dev.asyncio.EventLoop
import dev.asyncio.Task
import dev.asyncio.coroutines.attachEventLoop
import dev.asyncio.support.Jdk
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.swing.Swing
import org.junit.jupiter.params.provider.Arguments
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ExecutionException
import java.util.concurrent.TimeUnit
import javax.swing.SwingUtilities
import javax.swing.Timer

/** Swing's event thread is the UI of the tests: it needs no screen. */
object Ui {
    private const val LIMIT_SECONDS = 120L
    private const val KEEP_ALIVE_MILLIS = 100

    @JvmStatic
    val isUiThread: Boolean get() = SwingUtilities.isEventDispatchThread()

    /** The ways to attach a loop. */
    enum class Entry {
        DISPATCHER {
            override fun attach(carrier: Carrier): EventLoop = Dispatchers.Swing.attachEventLoop(carrier)
        },
        EXECUTOR {
            override fun attach(carrier: Carrier): EventLoop =
                Asyncio.attachEventLoop(SwingUtilities::invokeLater, carrier)
        },
        ;

        abstract fun attach(carrier: Carrier): EventLoop
    }

    /** Every way to attach a loop, with every carrier that this JVM has. */
    @JvmStatic
    fun entriesOnCarriers(): List<Arguments> =
        Entry.values().flatMap { entry -> Jdk.carriers().map { Arguments.of(entry, it) } }

    /** Handles an event: runs [handler] on the UI's thread and returns what it does. */
    @JvmStatic
    fun <T> handle(handler: () -> T): T {
        val result = CompletableFuture<T>()
        SwingUtilities.invokeLater {
            try {
                result.complete(handler())
            } catch (e: Throwable) {
                result.completeExceptionally(e)
            }
        }
        return get(result)
    }

    /** The result of a task that [handler] makes. */
    fun <T> taskOf(handler: () -> Task<T>): T = get(handle { handler().toCompletableFuture() })

    /** Waits, but not for ever; throws what it failed with. */
    fun <T> get(future: CompletableFuture<T>): T = try {
        future.get(LIMIT_SECONDS, TimeUnit.SECONDS)
    } catch (e: ExecutionException) {
        throw e.cause!!
    }

    /** Gives [test] a loop that is attached to the UI's thread. */
    fun withLoop(entry: Entry, carrier: Carrier, test: (EventLoop) -> Unit) = keepingTheThread {
        val loop = handle { entry.attach(carrier) }
        try {
            test(loop)
        } finally {
            handle(loop::close)
        }
    }

    /** Without a window, Swing ends its thread after a second without an event, and starts another at the next one. */
    fun keepingTheThread(test: () -> Unit) {
        val events = Timer(KEEP_ALIVE_MILLIS) { }
        events.start()
        try {
            test()
        } finally {
            events.stop()
        }
    }
}
