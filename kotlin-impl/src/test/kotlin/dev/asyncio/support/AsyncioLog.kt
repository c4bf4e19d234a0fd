package dev.asyncio.support

import org.opentest4j.AssertionFailedError
import java.util.concurrent.LinkedBlockingDeque
import java.util.logging.Handler
import java.util.logging.Level
import java.util.logging.LogRecord
import java.util.logging.Logger
import java.util.logging.SimpleFormatter

/**
 * The records of the logger `asyncio` during a test. What stands in it at the end and is a warning or worse fails the test: a
 * test takes out what it expects. Nothing of it is printed.
 */
object AsyncioLog {
    // Held here: the logging system keeps loggers by weak references only.
    private val logger: Logger = Logger.getLogger("asyncio")
    private val records = LinkedBlockingDeque<LogRecord>()
    private val format = SimpleFormatter()

    @Volatile private var keepsSlowSteps = false

    private val collector = object : Handler() {
        override fun publish(record: LogRecord) {
            if (record.level.intValue() < Level.WARNING.intValue()) return
            if (keepsSlowSteps || !record.message.startsWith(SLOW_STEP)) records.add(record)
        }

        override fun flush() = Unit

        override fun close() = Unit
    }

    internal fun begin() {
        records.clear()
        keepsSlowSteps = false
        logger.useParentHandlers = false
        logger.addHandler(collector)
    }

    internal fun end(): List<String> {
        logger.removeHandler(collector)
        logger.useParentHandlers = true
        return records.map(::describe).also { records.clear() }
    }

    /** From now on also what debug mode says of slow steps, which is left out otherwise: on a busy machine any may be. */
    @JvmStatic
    fun keepSlowSteps() {
        keepsSlowSteps = true
    }

    /** Takes out the oldest record; it has to contain [text]. */
    @JvmStatic
    fun expect(text: String): LogRecord {
        val record = records.pollFirst() ?: throw AssertionFailedError("nothing was logged, but expected: $text")
        val message = format.formatMessage(record)
        if (text in message) return record
        throw AssertionFailedError("logged: ${describe(record)}\nbut expected: $text")
    }

    /** How many records have not been taken out. */
    @JvmStatic
    fun size(): Int = records.size

    /** A record's text with its parameters put in. */
    @JvmStatic
    fun messageOf(record: LogRecord): String = format.formatMessage(record)

    private fun describe(record: LogRecord): String =
        "${record.level} ${format.formatMessage(record)}" +
            (record.thrown?.let { "\n" + it.stackTraceToString() } ?: "")

    private const val SLOW_STEP = "Executing {0} took"
}
