package dev.asyncio.engine.internal

/**
 * A heap whose smallest element comes out first, and of equal ones the one that went in first. A comparison that
 * throws leaves it as it was: the way of an element is found first, and only then does anything move.
 */
internal class StableHeap<T>(private val comparator: Comparator<in T>) {
    private class Entry<T>(val value: T, val sequence: Long)

    private val entries = ArrayList<Entry<T>>()
    private var sequence = 0L

    val size: Int get() = entries.size

    fun add(value: T) {
        val entry = Entry(value, sequence)
        var place = entries.size
        while (place > 0 && entry.isBefore(entries[parent(place)])) place = parent(place)
        sequence++
        entries.add(entry)
        var hole = entries.size - 1
        while (hole > place) {
            entries[hole] = entries[parent(hole)]
            hole = parent(hole)
        }
        entries[place] = entry
    }

    fun removeFirst(): T {
        val last = entries.size - 1
        val moving = entries[last]
        val path = IntArray(Int.SIZE_BITS) // from the root down, as deep as a heap can be
        var depth = 0
        while (true) {
            var child = 2 * path[depth] + 1
            if (child >= last) break
            if (child + 1 < last && entries[child + 1].isBefore(entries[child])) child++
            if (!entries[child].isBefore(moving)) break
            path[++depth] = child
        }
        val first = entries[0].value
        for (i in 0 until depth) entries[path[i]] = entries[path[i + 1]]
        entries[path[depth]] = moving
        entries.removeAt(last)
        return first
    }

    fun clear() = entries.clear()

    private fun Entry<T>.isBefore(other: Entry<T>): Boolean {
        val order = comparator.compare(value, other.value)
        return if (order == 0) sequence < other.sequence else order < 0
    }

    private fun parent(index: Int): Int = (index - 1) / 2
}
