package dev.asyncio.engine.context

import dev.asyncio.Context
import dev.asyncio.ContextVar
import dev.asyncio.Token
import java.util.Collections
import java.util.concurrent.Callable

/**
 * A context that users can hold, enter and share. Not thread-safe; entered by one caller at a time.
 *
 * That of a task which was its own until it was asked for it [continues] the task, which goes on keeping the variables.
 */
internal class ContextImpl(private var own: VarMap, val continues: ContextCell? = null) :
    Context,
    ContextCell {
    override var vars: VarMap
        get() = continues?.vars ?: own
        set(value) = if (continues == null) own = value else continues.vars = value

    private var entered = false

    fun enter() {
        check(!entered) { "cannot enter context: $this is already entered" }
        entered = true
    }

    fun leave() {
        entered = false
    }

    override fun <T> run(callable: Callable<T>): T {
        enter()
        val thread = ThreadState.current()
        val outer = thread.swapCell(this)
        try {
            return callable.call()
        } finally {
            thread.swapCell(outer)
            leave()
        }
    }

    override fun copy(): Context = ContextImpl(vars)

    @Suppress("UNCHECKED_CAST")
    override fun <T> get(variable: ContextVar<T>, defaultValue: T): T {
        val binding = vars[variable] ?: return defaultValue
        return binding.value as T
    }

    @Suppress("UNCHECKED_CAST")
    override fun <T> get(variable: ContextVar<T>): T? = vars[variable]?.value as T?

    override fun variables(): Set<ContextVar<*>> {
        val keys = LinkedHashSet<ContextVar<*>>()
        vars.forEach { variable, _ -> keys.add(variable) }
        return Collections.unmodifiableSet(keys)
    }

    override fun contains(variable: ContextVar<*>): Boolean = vars[variable] != null

    override fun size(): Int = vars.size

    override fun toString(): String = "<Context vars=${vars.size}>"
}

/** Who keeps the variables: cells of one keeper are one context. */
private val ContextCell.keeper: ContextCell get() = (this as? ContextImpl)?.continues ?: this

/** What [ContextVar.set] returns: the variable's former binding, to be put back once. */
internal class TokenImpl<T>(
    private val variable: ContextVar<T>,
    private val cell: ContextCell,
    private val old: VarMap.Binding?,
) : Token<T> {
    private var used = false

    override fun `var`(): ContextVar<T> = variable

    fun reset(variable: ContextVar<T>, current: ContextCell) {
        check(!used) { "$this has already been used once" }
        require(variable === this.variable) { "$this was created by a different ContextVar than $variable" }
        require(cell.keeper === current.keeper) { "$this was created in a different Context" }
        used = true
        current.vars = if (old == null) current.vars.without(variable) else current.vars.with(old)
    }

    override fun hasOldValue(): Boolean = old != null

    @Suppress("UNCHECKED_CAST")
    override fun oldValue(): T {
        if (old == null) throw NoSuchElementException("$variable had no value before")
        return old.value as T
    }

    override fun toString(): String = "<Token var=$variable${if (used) " used" else ""}>"
}
