/**
 * asyncio's subprocesses.
 *
 * <p>Two layers: {@link dev.asyncio.subprocess.Subprocess} for code that awaits, whose pipes are the readers and writers
 * of {@link dev.asyncio.streams}, and {@link dev.asyncio.subprocess.LoopProcesses} with transports and protocols for
 * callbacks.
 *
 * <p>What holds for both:
 *
 * <ul>
 *   <li><b>Thread.</b> The loop's. A process is started off the loop. On Linux the loop itself watches its pipes; elsewhere,
 *       and on a loop that watches no channels, each pipe that is used has a daemon thread of its own, since the JDK's
 *       pipes can only be waited for by a thread. It ends with its pipe. The default executor is not used.
 *   <li><b>Errors</b> of the system are {@link java.io.IOException}s, which {@code await(x, IOException.class)}
 *       declares.
 *   <li><b>Memory.</b> A process that writes more than is read has to wait, and so has who writes more to a process
 *       than it reads and {@linkplain dev.asyncio.streams.StreamWriter#drain() drains}.
 *   <li><b>The end of the loop</b> ends the processes that still run, with a warning.
 *   <li><b>A loop on virtual time</b> does no I/O: an {@link java.lang.UnsupportedOperationException} says so.
 *   <li><b>Android.</b> Nothing of this package is for Android.
 * </ul>
 */
@NullMarked
package dev.asyncio.subprocess;

import org.jspecify.annotations.NullMarked;
