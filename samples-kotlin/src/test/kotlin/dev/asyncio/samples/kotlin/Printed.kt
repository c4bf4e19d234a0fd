package dev.asyncio.samples.kotlin

import java.io.ByteArrayOutputStream
import java.io.PrintStream

/** What [code] prints, from whichever thread, with one kind of line end. */
internal fun printedBy(code: () -> Unit): String {
    val before = System.out
    val bytes = ByteArrayOutputStream()
    PrintStream(bytes, true, Charsets.UTF_8).use { out ->
        System.setOut(out)
        try {
            code()
        } finally {
            System.setOut(before)
        }
    }
    return bytes.toString(Charsets.UTF_8).replace(System.lineSeparator(), "\n")
}
