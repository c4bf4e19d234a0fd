package dev.asyncio.engine.streams

import dev.asyncio.spi.NotOnAndroid
import java.nio.ByteBuffer

/** Bytes, first in, first out, in one array that grows; it is let go when it is empty and large. Loop thread only. */
@NotOnAndroid
internal class ByteQueue {
    private var bytes = EMPTY
    private var start = 0

    var size = 0
        private set

    operator fun get(index: Int): Byte = bytes[start + index]

    /** Appends what remains of [data]. */
    fun add(data: ByteBuffer) {
        val count = data.remaining()
        makeRoom(count)
        data.get(bytes, start + size, count)
        size += count
    }

    private fun makeRoom(count: Int) {
        val needed = Math.addExact(size, count)
        if (start + needed <= bytes.size) return
        // Moved within the array only where half of it is free, so that each byte is moved a constant number of times.
        val target = if (needed <= bytes.size / 2) bytes else ByteArray(capacityFor(needed))
        System.arraycopy(bytes, start, target, 0, size)
        bytes = target
        start = 0
    }

    /** What comes in large pieces is mostly taken like that: an array without spare room can be given away as it is. */
    private fun capacityFor(needed: Int): Int = when {
        size == 0 && needed > MAX_KEPT -> needed
        else -> maxOf(MIN_CAPACITY.toLong(), minOf(2L * needed, MAX_CAPACITY), needed.toLong()).toInt()
    }

    /** Removes the first [count] bytes. */
    fun take(count: Int): ByteArray {
        val taken = when (count) {
            0 -> EMPTY
            bytes.size -> bytes.also { bytes = EMPTY } // all of it, and without a copy
            else -> bytes.copyOfRange(start, start + count)
        }
        drop(count)
        return taken
    }

    /** Moves as many of the first bytes into [target] as it has room for; returns how many. */
    fun takeInto(target: ByteBuffer): Int {
        val count = minOf(size, target.remaining())
        target.put(bytes, start, count)
        drop(count)
        return count
    }

    fun drop(count: Int) {
        start += count
        size -= count
        if (size > 0) return
        start = 0
        if (bytes.size > MAX_KEPT) bytes = EMPTY
    }

    /** Where [pattern] begins first, at or after [from]; -1 if it does not occur. */
    fun indexOf(pattern: ByteArray, from: Int): Int {
        val last = size - pattern.size
        val first = pattern[0]
        var at = from
        while (at <= last) {
            if (bytes[start + at] == first && matches(pattern, at)) return at
            at++
        }
        return -1
    }

    private fun matches(pattern: ByteArray, at: Int): Boolean {
        for (i in 1 until pattern.size) if (bytes[start + at + i] != pattern[i]) return false
        return true
    }

    private companion object {
        val EMPTY = ByteArray(0)
        const val MIN_CAPACITY = 512
        const val MAX_CAPACITY = Int.MAX_VALUE - 8L

        /** Many idle connections must not keep large arrays. */
        const val MAX_KEPT = 4 * 1024
    }
}
