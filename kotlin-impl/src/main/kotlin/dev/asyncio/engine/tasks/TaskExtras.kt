package dev.asyncio.engine.tasks

import dev.asyncio.engine.context.ContextImpl

/** What most tasks never have, apart from them so that those stay small. Loop thread only, but for [name]. */
internal class TaskExtras(
    /** Any thread reads it; not volatile, since a String can be passed on without a fence. */
    @JvmField var name: String?,
    /** The context given or asked for; until then the task is its own. */
    @JvmField var context: ContextImpl?,
) {
    /** What the next step throws, where an await was refused. */
    @JvmField var refusal: Throwable? = null

    @JvmField var cancelRequests = 0

    @JvmField var cancelMessage: String? = null

    /** Whether the cancellation that is pending has been thrown before, where it could not leave. */
    @JvmField var cancelDeferred = false

    /** Debug mode: a cancellation was thrown into the body, and what it does next tells whether it was swallowed. */
    @JvmField var cancelThrown = false

    @JvmField var endedEagerly = false

    fun takeRefusal(): Throwable? = refusal.also { refusal = null }
}
