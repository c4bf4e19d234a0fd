package dev.asyncio.engine.loop

import java.lang.reflect.Method

/**
 * The scoped values of the thread that runs a loop, for the stacks of its bodies. The JDK hands them on to threads of
 * its own structured kind only, and there is no other way to ask for them; so this works where
 * `--add-opens java.base/java.lang=ALL-UNNAMED` lets it, and elsewhere there are none. Thread-safe.
 */
internal object ScopedBindings {
    private val read: Method? by lazy(LazyThreadSafetyMode.PUBLICATION) {
        openedOrNull { Class.forName("java.lang.ScopedValue").getDeclaredMethod("scopedValueBindings") }
    }
    private val write: Method? by lazy(LazyThreadSafetyMode.PUBLICATION) {
        openedOrNull { Thread::class.java.getDeclaredMethod("setScopedValueBindings", Any::class.java) }
    }

    /** What a thread has looked up lately, which holds for its former bindings only. */
    private val writeCache: Method? by lazy(LazyThreadSafetyMode.PUBLICATION) {
        openedOrNull { Thread::class.java.getDeclaredMethod("setScopedValueCache", Array<Any>::class.java) }
    }

    /** Those of the calling code; null where they cannot be had. */
    fun ofCaller(): Any? = if (write == null || writeCache == null) null else read?.invoke(null)

    /** Makes [bindings] those of the calling thread, at its base. */
    fun show(bindings: Any) {
        write!!.invoke(null, bindings)
        writeCache!!.invoke(null, null)
    }
}
