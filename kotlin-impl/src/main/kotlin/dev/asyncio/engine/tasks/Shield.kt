package dev.asyncio.engine.tasks

import dev.asyncio.InvalidStateException
import dev.asyncio.engine.loop.readyItem

/** asyncio's shield: a future that mirrors [inner], and whose cancellation does not reach it. */
internal fun <T> shield(inner: FutureImpl<T>): FutureImpl<T> {
    if (inner.done()) return inner
    val loop = inner.loop
    val outer = FutureImpl<T>(loop)
    val mirror = readyItem {
        try {
            when {
                outer.cancelled() -> inner.markRetrieved()
                inner.cancelled() -> outer.cancel(null)
                inner.isFailed -> outer.setFailure(inner.takeFailure())
                else -> outer.setResult(inner.unsafeValue())
            }
        } catch (e: InvalidStateException) {
            loop.callbackFailed("shield($inner)", loop.cell, e) // somebody else has set the outer one's result
        }
    }
    inner.addCallback(mirror)
    outer.whenDone { if (!inner.done()) inner.removeCallback(mirror) }
    return outer
}
