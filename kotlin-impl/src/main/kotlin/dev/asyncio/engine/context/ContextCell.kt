package dev.asyncio.engine.context

/**
 * Where running code finds and changes its variables. A task or handle that nobody asked for its context is its own
 * cell, so that copying a context for it costs one reference; [ContextImpl] is the cell that users can hold.
 */
internal interface ContextCell {
    var vars: VarMap
}

/** A task or handle: its own cell, unless it was given a context. */
internal interface RunsInContext : ContextCell {
    val effectiveContext: ContextCell
}
