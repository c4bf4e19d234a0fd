package dev.asyncio.engine.loop

import java.lang.reflect.AccessibleObject

/** A member of the JDK's own that `--add-opens` lets us use; null where it does not, or where there is no such member. */
internal inline fun <T : AccessibleObject> openedOrNull(find: () -> T): T? = try {
    find().apply { isAccessible = true }
} catch (_: ReflectiveOperationException) {
    null
} catch (e: RuntimeException) {
    // InaccessibleObjectException, which Android and JDK 8 signatures lack
    if (e.javaClass.simpleName != "InaccessibleObjectException") throw e
    null
}
