package dev.asyncio.engine.subprocess

import dev.asyncio.engine.io.TRANSPORT_LOGGER
import dev.asyncio.engine.loop.SignalHandlers
import dev.asyncio.spi.NotOnAndroid
import java.io.File
import java.io.IOException
import java.util.logging.Level

/**
 * Sends signals to a process, in the order in which they are given. The JDK itself sends two of them; for others there is
 * the shell, which a thread waits for.
 */
@NotOnAndroid
internal class SignalSender(private val process: Process) {
    private val waiting = ArrayDeque<String>()
    private var isSending = false

    fun send(signal: String) {
        synchronized(waiting) {
            if (!isSending && signal in OF_THE_JDK) return deliver(signal)
            waiting.addLast(signal)
            if (isSending) return
            isSending = true
        }
        Thread(::sendAll, "asyncio-process-${process.pid()}-signals").apply {
            isDaemon = true
        }.start()
    }

    private fun sendAll() {
        while (true) {
            val next = synchronized(waiting) {
                waiting.removeFirstOrNull().also { if (it == null) isSending = false }
            } ?: return
            deliver(next)
        }
    }

    /** Without effect if the process has ended, as any signal that comes too late. */
    private fun deliver(signal: String) {
        if (!process.isAlive) return
        when (signal) {
            // Not the process' own methods of that name, which close its pipes.
            "TERM" -> process.toHandle().destroy()
            "KILL" -> process.toHandle().destroyForcibly()
            else -> sendByShell(signal)
        }
    }

    private fun sendByShell(signal: String) {
        try {
            val kill = ProcessBuilder("/bin/sh", "-c", "kill -s $signal ${process.pid()}")
                .redirectInput(ProcessBuilder.Redirect.from(NOTHING))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
            if (kill.waitFor() != 0 && process.isAlive) {
                TRANSPORT_LOGGER.log(
                    Level.WARNING,
                    "The signal {0} could not be sent to process {1}",
                    arguments(signal),
                )
            }
        } catch (e: IOException) {
            TRANSPORT_LOGGER.log(Level.WARNING, "The signal $signal could not be sent to process ${process.pid()}", e)
        }
    }

    private fun arguments(signal: String): Array<Any> = arrayOf(signal, process.pid().toString())

    @NotOnAndroid
    companion object {
        private val OF_THE_JDK = setOf("TERM", "KILL")
        private val NOTHING = File("/dev/null")

        /** The name without `SIG`, if there is such a signal. */
        fun checked(signal: String): String {
            val name = signal.removePrefix("SIG")
            if (name in OF_THE_JDK) return name
            SignalHandlers.requireSignal(name)
            if (File.separatorChar != '/') {
                throw UnsupportedOperationException("this platform can send TERM and KILL only, not $signal")
            }
            return name
        }
    }
}
