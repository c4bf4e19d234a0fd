package dev.asyncio.engine.queues

import dev.asyncio.engine.internal.StableHeap
import dev.asyncio.engine.tasks.callJava

/** What a queue keeps its items in, which says in what order they come out. */
internal interface ItemStore<T> {
    /** As the queue shows itself. */
    val kind: String
    val size: Int

    /** May throw, having changed nothing; what code of the user's throws is as a Kotlin body sees it. */
    fun add(item: T)

    /** As [add]. There is an item. */
    fun remove(): T

    fun clear()
}

internal class FifoStore<T> : ItemStore<T> {
    private val items = ArrayDeque<T>()
    override val kind: String get() = "Queue"
    override val size: Int get() = items.size

    override fun add(item: T) = items.addLast(item)

    override fun remove(): T = items.removeFirst()

    override fun clear() = items.clear()
}

internal class LifoStore<T> : ItemStore<T> {
    private val items = ArrayList<T>()
    override val kind: String get() = "LifoQueue"
    override val size: Int get() = items.size

    override fun add(item: T) {
        items.add(item)
    }

    override fun remove(): T = items.removeAt(items.size - 1)

    override fun clear() = items.clear()
}

internal class PriorityStore<T>(comparator: Comparator<in T>?) : ItemStore<T> {
    private val items: StableHeap<T> = if (comparator == null) StableHeap(NaturalOrder) else StableHeap(comparator)
    override val kind: String get() = "PriorityQueue"
    override val size: Int get() = items.size

    override fun add(item: T) = callJava { items.add(item) }

    override fun remove(): T = callJava { items.removeFirst() }

    override fun clear() = items.clear()

    private object NaturalOrder : Comparator<Any?> {
        override fun compare(a: Any?, b: Any?): Int {
            val cause =
                try {
                    if (a is Comparable<*> && b != null) {
                        @Suppress("UNCHECKED_CAST")
                        return (a as Comparable<Any>).compareTo(b)
                    }
                    null
                } catch (e: ClassCastException) {
                    e
                }
            throw IllegalArgumentException(
                "PriorityQueue cannot compare ${a.typeName} with ${b.typeName}: give it a Comparator, or items that " +
                    "are Comparable to each other",
                cause,
            )
        }

        private val Any?.typeName: String get() = if (this == null) "null" else javaClass.name
    }
}
