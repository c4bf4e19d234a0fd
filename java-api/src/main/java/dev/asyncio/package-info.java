/**
 * Python's asyncio for Java: coroutines, tasks and an event loop, with the order of events of CPython 3.13.
 *
 * <p>{@link dev.asyncio.Asyncio} holds the functions of the {@code asyncio} module, to be imported statically:
 *
 * <pre>{@code
 * static void main() {
 *     Task<String> coffee = createTask(() -> brewCoffee());
 *     Task<String> toast = createTask(() -> toastBread());
 *     System.out.println(await(coffee) + " and " + await(toast));
 * }
 *
 * Asyncio.run(() -> main());
 * }</pre>
 *
 * <p>What follows holds everywhere unless a method says otherwise.
 *
 * <ul>
 *   <li><b>Only {@code await} suspends.</b> {@link dev.asyncio.Asyncio#await(dev.asyncio.Awaitable)} gives other tasks
 *       a turn until the result is there, or returns at once where it is there already. Between two awaits a task runs
 *       alone on its loop. The two exceptions are {@link dev.asyncio.TaskGroup#close()} and {@link
 *       dev.asyncio.Emitter#emit}.
 *   <li><b>A {@link dev.asyncio.Coroutine} is cold, a {@link dev.asyncio.Future} is hot.</b> A method that returns a
 *       coroutine has done nothing yet: await the result or make a task of it. Each await runs it afresh. A method that
 *       returns a future has started something.
 *   <li><b>Lambdas.</b> Whatever takes a {@code Coroutine} has an overload for {@link dev.asyncio.VoidCoroutine}, so
 *       that any lambda without parameters is a coroutine. Where lambdas and tasks are mixed in one call,
 *       {@link dev.asyncio.Asyncio#coroutine(dev.asyncio.Coroutine)} gives the lambda its type.
 *   <li><b>Exceptions</b> of a body arrive as they are, never wrapped, checked ones included, though no method declares
 *       them. To catch a checked one, use the form with a class: {@code await(x, IOException.class)} declares it, and
 *       does nothing else.
 *   <li><b>Cancellation</b> is a {@link dev.asyncio.CancelledError}, which is not an {@link java.lang.Exception}, so
 *       that {@code catch (Exception e)} lets it pass.
 *   <li><b>Threads.</b> The objects of a loop (tasks, futures, handles, and the loop itself) belong to the loop's
 *       thread, that is, to whatever runs on the loop at the moment; from elsewhere use
 *       {@link dev.asyncio.EventLoop#callSoonThreadsafe(Runnable)} or
 *       {@link dev.asyncio.Asyncio#runCoroutineThreadsafe(dev.asyncio.Coroutine, dev.asyncio.EventLoop)}.
 *   <li><b>Times</b> are {@link java.time.Duration}s: spans, or points on the loop's clock, which counts from an
 *       arbitrary start ({@link dev.asyncio.EventLoop#time()}).
 *   <li><b>Null</b> is refused with a {@link java.lang.NullPointerException} where the signature does not allow it.
 *       Results may be null.
 * </ul>
 */
@NullMarked
package dev.asyncio;

import org.jspecify.annotations.NullMarked;
