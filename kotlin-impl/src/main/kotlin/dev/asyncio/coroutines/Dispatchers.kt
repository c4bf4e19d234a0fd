package dev.asyncio.coroutines

import dev.asyncio.EventLoop
import dev.asyncio.engine.impl
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope

/**
 * This loop as a dispatcher of kotlinx: every resumption is a handle of the loop, and `delay` and `withTimeout` are
 * timers of it. A coroutine on it is no task, but may await tasks, futures and coroutines of the SDK. Any thread may
 * start one; it runs while the loop does.
 *
 * After the loop is closed, a coroutine that wants to go on here ends cancelled, and does so on `Dispatchers.IO`.
 */
public fun EventLoop.asCoroutineDispatcher(): CoroutineDispatcher = impl().dispatcher

/**
 * A scope for coroutines that live as long as this loop: its dispatcher, and a supervisor Job that is cancelled when
 * the loop is closed. What runs in it when `asyncio` or a `Runner` ends is cancelled and waited for, as tasks are. An
 * exception that leaves a `launch` goes to the loop's exception handler and cancels nothing else; a fatal one leaves
 * the loop, as from a callback. Each coroutine has a copy of the context variables of the code that launched it. Any
 * thread.
 */
public val EventLoop.coroutineScope: CoroutineScope
    get() = impl().scope
