package dev.asyncio.sync.stress

import dev.asyncio.engine.sync.Waiter
import dev.asyncio.engine.sync.Waiters

/** Looks at a line between any two steps: it keeps its order, and nobody is woken before who stands further ahead. */
internal class LineWatch(private val bench: Bench, private val round: Round, private val line: Waiters) {
    private var before = ArrayList<Waiter>()
    private var now = ArrayList<Waiter>()
    private var pendingBefore = ArrayList<Boolean>()

    /** How many wait to be woken. */
    var pending = 0
        private set

    /** How many were woken, stand in line all the same, and have not run. */
    var woken = 0
        private set

    val size: Int get() = line.size

    /** Whether the one at the head is to run soon: woken, or cancelled. */
    val isHeadOnItsWay: Boolean get() = line.first?.done() == true

    fun check() {
        look()
        if (before.isNotEmpty() || now.isNotEmpty()) compare()
        val last = before
        before = now
        now = last
        pendingBefore.clear()
        before.forEach { pendingBefore.add(it.isPending) }
    }

    private fun look() {
        now.clear()
        pending = 0
        woken = 0
        var waiter = line.first
        while (waiter != null) {
            now.add(waiter)
            if (waiter.isPending) pending++
            if (waiter.wasWoken) woken++
            waiter = waiter.next
        }
        ensure(now.size == line.size) { "the line counts ${line.size} where ${now.size} stand" }
        val cancelled = now.size - pending - woken
        ensure(line.isVoid == (cancelled == now.size)) { "isVoid is ${line.isVoid} where $cancelled are cancelled" }
        ensure(line.firstPending() === now.firstOrNull { it.isPending }) { "the first who is pending is another one" }
    }

    private fun compare() {
        var place = 0
        var someoneWaits = false
        for ((index, waiter) in before.withIndex()) {
            if (waiter.standing) {
                ensure(now.getOrNull(place) === waiter) { "the line has changed its order" }
                place++
            }
            if (waiter.isPending) {
                someoneWaits = true
            } else if (pendingBefore[index] && waiter.wasWoken) {
                ensure(!someoneWaits) { "not the first in line was woken" }
            }
        }
        for (newcomer in place until now.size) {
            if (now[newcomer].isPending) someoneWaits = true
            ensure(!(someoneWaits && now[newcomer].wasWoken)) { "not the first in line was woken" }
        }
    }

    private inline fun ensure(condition: Boolean, message: () -> String) =
        round.ensure(condition) { "$bench: ${message()}" }
}
