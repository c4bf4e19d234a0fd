package dev.asyncio.engine.files

import dev.asyncio.spi.NotOnAndroid
import java.io.IOException
import java.nio.charset.CharacterCodingException
import java.nio.file.FileSystemException
import java.nio.file.Path

/** Calls [work]; an exception of the system that does not name the file is thrown as one that does. */
@NotOnAndroid
internal inline fun <T> naming(path: Path, work: () -> T): T = try {
    work()
} catch (e: FileSystemException) {
    throw e
} catch (e: CharacterCodingException) {
    throw e
} catch (e: IOException) {
    throw FileSystemException(path.toString(), null, e.message ?: e.javaClass.simpleName).initCause(e)
}

/** The JDK's own has no message of its own, and knows neither file nor position. */
internal class NamedCodingException(override val message: String) : CharacterCodingException()
