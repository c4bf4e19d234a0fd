package dev.asyncio.samples.kotlin

import dev.asyncio.EventLoop
import dev.asyncio.coroutines.attachEventLoop
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.gather
import dev.asyncio.coroutines.sleep
import kotlinx.coroutines.Dispatchers
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit
import javax.swing.JLabel
import javax.swing.SwingUtilities
import kotlin.time.Duration.Companion.milliseconds

/** The guide's Kotlin examples of loops on a UI's thread, run on Swing's, which needs no screen. */
class UiGuideTest {
    private val label = JLabel()

    private suspend fun fetch(page: String): String {
        sleep(1.milliseconds)
        return "<$page>"
    }

    // @start region="on-click"
    fun onClick() {
        createTask {
            label.text = "loading"
            val (news, sports) = gather(coroutine { fetch("news") }, coroutine { fetch("sports") })
            label.text = "$news $sports"
        }
    }
    // @end

    @Test
    fun aHandlerStartsTwoThingsAndShowsBoth() {
        val shown = CompletableFuture<String>()
        label.addPropertyChangeListener("text") { event ->
            if (event.newValue != "loading") {
                shown.complete("${event.newValue}, on the UI's thread: ${SwingUtilities.isEventDispatchThread()}")
            }
        }
        lateinit var attached: EventLoop
        SwingUtilities.invokeAndWait {
            // @start region="attach"
            val loop = Dispatchers.Main.attachEventLoop() // with kotlinx-coroutines-swing, -javafx or -android
            // @end
            attached = loop
            onClick()
        }
        assertEquals("<news> <sports>, on the UI's thread: true", shown.get(2, TimeUnit.MINUTES))
        SwingUtilities.invokeAndWait(attached::close)
    }
}
