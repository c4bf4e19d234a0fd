package dev.asyncio.engine.subprocess

import java.io.File

/** What the JDK says of how a process has ended, as Python says it. */
internal object ExitStatus {
    private const val OF_SIGNALS = 0x80
    private const val MAX_SIGNAL = 31
    private val hasSignals = File.separatorChar == '/'

    /** The JDK has no other word for "killed by a signal" than 128 + its number. */
    fun returnCode(status: Int): Int =
        if (hasSignals && status in OF_SIGNALS + 1..OF_SIGNALS + MAX_SIGNAL) OF_SIGNALS - status else status
}
