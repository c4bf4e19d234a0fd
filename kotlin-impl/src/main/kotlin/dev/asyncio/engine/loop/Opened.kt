package dev.asyncio.engine.loop

import java.lang.reflect.Method

/** A method of the JDK's own that `--add-opens` lets us call; null where it does not, or where there is no such method. */
internal inline fun openedOrNull(find: () -> Method): Method? = try {
    find().apply { isAccessible = true }
} catch (_: ReflectiveOperationException) {
    null
} catch (e: RuntimeException) {
    // InaccessibleObjectException, which Android and JDK 8 signatures lack
    if (e.javaClass.simpleName != "InaccessibleObjectException") throw e
    null
}
