package dev.asyncio.coroutines

import dev.asyncio.Coroutine
import dev.asyncio.engine.await.KotlinCoroutine
import kotlin.coroutines.Continuation
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn

/** Calls of Kotlin's suspend functions from Java. */
public object Suspending {
    /**
     * A call of a suspend function as a [Coroutine], to be awaited or made a task by Java code. A suspend function has,
     * for Java, one parameter more, and that is what [call] is given:
     * `await(Suspending.coroutine(c -> ServiceKt.load(id, c)))`. Nothing is called before that, and each await calls
     * it afresh.
     */
    @JvmStatic
    public fun <T> coroutine(call: SuspendCall<T>): Coroutine<T> = KotlinCoroutine {
        suspendCoroutineUninterceptedOrReturn { call.invoke(it) }
    }
}

/** One call of a suspend function, as Java sees it. */
public fun interface SuspendCall<T> {
    /** Passes [continuation] on as the last argument and returns what the function does. */
    @Throws(Exception::class)
    public fun invoke(continuation: Continuation<T>): Any?
}
