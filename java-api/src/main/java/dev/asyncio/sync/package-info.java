/**
 * asyncio's locks, events, conditions, semaphores and barriers: how tasks of one loop wait for each other.
 *
 * <p>What holds for all of them:
 *
 * <ul>
 *   <li><b>They yield only to wait.</b> What can be had at once is had without a switch to another task.
 *   <li><b>First come, first served.</b> Whoever has to wait stands in line, and nobody overtakes. Waking a task makes
 *       it ready; it goes on in the loop's next iteration.
 *   <li><b>Cancellation.</b> A task that is cancelled while it waits leaves the line and takes nothing. If it had been
 *       woken already, the next one is woken in its place: no wake-up is lost.
 *   <li><b>One loop.</b> The first task that has to wait binds the object to its loop. To wait in a task of another
 *       loop afterwards is an {@link java.lang.IllegalStateException}.
 *   <li><b>Thread.</b> The loop's: none of them is thread-safe. In debug mode, a call from elsewhere on an object that
 *       is bound to a running loop is a {@link dev.asyncio.WrongLoopThreadException}.
 * </ul>
 *
 * <p>Every method that returns a {@link dev.asyncio.Coroutine} throws, when awaited, {@link dev.asyncio.CancelledError}
 * if the waiting task is cancelled.
 */
@NullMarked
package dev.asyncio.sync;

import org.jspecify.annotations.NullMarked;
