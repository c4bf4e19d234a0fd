package dev.asyncio.engine.context

import dev.asyncio.ContextVar
import dev.asyncio.spi.ThreadLocalAccess

/**
 * An immutable map from context variables to values, shared freely between contexts: a copy of a context is a copy of
 * one reference. A hash array mapped trie (Bagwell, 2001), as in CPython's contextvars; nodes are arrays of pairs whose
 * key is a [ContextVar], or null when the value is a node of the next level. Keys are compared by identity.
 */
internal class VarMap private constructor(
    private val root: Node,
    val size: Int,
    /** Those of the bindings that thread-locals have the values of, or null: see [CarriedLocals]. */
    @JvmField val carried: CarriedLocals? = null,
) {
    /** The binding of [key], or null; the binding, not the value, because null is a value. */
    operator fun get(key: ContextVar<*>): Binding? = root.get(key, hash(key), 0)

    fun with(added: Binding): VarMap {
        val key = added.key
        val grows = get(key) == null
        val carried = if (added.local == null) carried else CarriedLocals.with(carried, added)
        return VarMap(root.with(added, hash(key), 0), if (grows) size + 1 else size, carried)
    }

    fun without(key: ContextVar<*>): VarMap {
        val old = get(key) ?: return this
        val carried = if (old.local == null) carried else CarriedLocals.without(carried, old)
        return VarMap(root.without(key, hash(key), 0) ?: EMPTY.root, size - 1, carried)
    }

    fun forEach(action: (ContextVar<*>, Any?) -> Unit) = root.forEach(action)

    class Binding(
        @JvmField val key: ContextVar<*>,
        @JvmField val value: Any?,
        @JvmField val local: ThreadLocalAccess<*>? = null,
    ) : dev.asyncio.spi.Lookup<Any?> {
        override fun value(): Any? = value
    }

    /**
     * [slots] holds one [Binding] or [Node] for each set bit of [bitmap]; past the last level, bindings in any order.
     */
    private class Node(private val bitmap: Int, private val slots: Array<Any>) {
        fun get(key: ContextVar<*>, hash: Int, shift: Int): Binding? {
            if (shift >= HASH_BITS) return slots.firstOrNull { (it as Binding).key === key } as Binding?
            val bit = bit(hash, shift)
            if (bitmap and bit == 0) return null
            return when (val slot = slots[index(bit)]) {
                is Node -> slot.get(key, hash, shift + LEVEL_BITS)
                else -> (slot as Binding).takeIf { it.key === key }
            }
        }

        fun with(added: Binding, hash: Int, shift: Int): Node {
            if (shift >= HASH_BITS) {
                val at = slots.indexOfFirst { (it as Binding).key === added.key }
                return Node(0, if (at >= 0) slots.replaced(at, added) else slots + added)
            }
            val bit = bit(hash, shift)
            val at = index(bit)
            if (bitmap and bit == 0) return Node(bitmap or bit, slots.inserted(at, added))
            val child: Any =
                when (val slot = slots[at]) {
                    is Node -> slot.with(added, hash, shift + LEVEL_BITS)
                    else -> {
                        val old = slot as Binding
                        if (old.key === added.key) {
                            added
                        } else {
                            val next = shift + LEVEL_BITS
                            Node(0, emptyArray()).with(old, hash(old.key), next).with(added, hash, next)
                        }
                    }
                }
            return Node(bitmap, slots.replaced(at, child))
        }

        /** Null when nothing is left. */
        fun without(key: ContextVar<*>, hash: Int, shift: Int): Node? {
            if (shift >= HASH_BITS) {
                val left = slots.filter { (it as Binding).key !== key }
                return if (left.isEmpty()) null else Node(0, left.toTypedArray())
            }
            val bit = bit(hash, shift)
            val at = index(bit)
            val child = (slots[at] as? Node)?.without(key, hash, shift + LEVEL_BITS)
            if (child != null) return Node(bitmap, slots.replaced(at, child))
            if (slots.size == 1) return null
            return Node(bitmap xor bit, slots.removed(at))
        }

        fun forEach(action: (ContextVar<*>, Any?) -> Unit) {
            for (slot in slots) {
                if (slot is Node) slot.forEach(action) else (slot as Binding).let { action(it.key, it.value) }
            }
        }

        private fun index(bit: Int): Int = Integer.bitCount(bitmap and (bit - 1))
    }

    companion object {
        private const val LEVEL_BITS = 5
        private const val HASH_BITS = 32

        @JvmField val EMPTY: VarMap = VarMap(Node(0, emptyArray()), 0)

        private fun hash(key: ContextVar<*>): Int = System.identityHashCode(key)

        private fun bit(hash: Int, shift: Int): Int = 1 shl ((hash ushr shift) and ((1 shl LEVEL_BITS) - 1))

        private fun Array<Any>.replaced(at: Int, slot: Any): Array<Any> = copyOf().also { it[at] = slot }

        private fun Array<Any>.inserted(at: Int, slot: Any): Array<Any> {
            val result = arrayOfNulls<Any>(size + 1)
            copyInto(result, 0, 0, at)
            result[at] = slot
            copyInto(result, at + 1, at, size)
            @Suppress("UNCHECKED_CAST")
            return result as Array<Any>
        }

        private fun Array<Any>.removed(at: Int): Array<Any> {
            val result = arrayOfNulls<Any>(size - 1)
            copyInto(result, 0, 0, at)
            copyInto(result, at, at + 1, size)
            @Suppress("UNCHECKED_CAST")
            return result as Array<Any>
        }
    }
}
