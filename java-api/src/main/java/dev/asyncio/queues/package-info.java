/**
 * asyncio's queues: how tasks of one loop hand things to each other.
 *
 * <p>What holds for all of them:
 *
 * <ul>
 *   <li><b>They yield only to wait</b>: {@code put} for room, {@code get} for an item.
 *   <li><b>A wake-up is not a reservation.</b> Putters and getters are woken first come, first served, one for each
 *       item taken or put; but a woken getter looks again when it runs, in the next iteration, and if somebody has
 *       taken the item meanwhile, it waits again, behind the others. Items keep their order whoever gets them.
 *   <li><b>Cancellation.</b> A task that is cancelled while it waits puts and takes nothing. If it had been woken
 *       already, the next one is woken in its place. So {@code waitFor(queue.get(), timeout)} loses no item.
 *   <li><b>Null</b> is an item like any other.
 *   <li><b>One loop.</b> The first task that has to wait binds the queue to its loop. To wait in a task of another loop
 *       afterwards is an {@link java.lang.IllegalStateException}.
 *   <li><b>Thread.</b> The loop's: no queue is thread-safe. In debug mode, a call from elsewhere on a queue that is
 *       bound to a running loop is a {@link dev.asyncio.WrongLoopThreadException}. To put an item from another thread,
 *       {@code loop.callSoonThreadsafe(() -> queue.putNowait(item))}.
 * </ul>
 */
@NullMarked
package dev.asyncio.queues;

import org.jspecify.annotations.NullMarked;
