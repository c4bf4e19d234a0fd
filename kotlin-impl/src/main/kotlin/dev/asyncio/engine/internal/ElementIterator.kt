package dev.asyncio.engine.internal

import dev.asyncio.AsyncIterator

/** An iterator that stands on an element, or on none. Loop thread only. */
internal abstract class ElementIterator<T> : AsyncIterator<T> {
    private var element: T? = null

    /** Whether it stands on one: an element may be null. */
    protected var hasElement = false
        private set

    final override fun current(): T {
        requireElement(hasElement)
        @Suppress("UNCHECKED_CAST")
        return element as T
    }

    /** Stands on [element] from now on. Returns true, as the advance that found it does. */
    protected fun found(element: T): Boolean {
        this.element = element
        hasElement = true
        return true
    }

    /** Stands on nothing, and keeps nothing alive. */
    protected fun leaveElement() {
        element = null
        hasElement = false
    }

    companion object {
        /** For an iterator whose elements are kept by somebody else. */
        fun requireElement(isThere: Boolean) =
            check(isThere) { "there is no current element: await advance() first, and see that it is true" }
    }
}
