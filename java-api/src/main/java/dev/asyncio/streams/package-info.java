/**
 * asyncio's sockets, transports and streams.
 *
 * <p>Three layers, each built on the one below: {@link dev.asyncio.streams.Streams} for code that awaits, transports
 * and protocols for callbacks, and the {@code sock…} operations and readiness callbacks of
 * {@link dev.asyncio.streams.LoopIo} on channels of {@code java.nio}.
 *
 * <p>What holds for all of them:
 *
 * <ul>
 *   <li><b>Thread.</b> The loop's, unless a member says otherwise. Callbacks of protocols run there too, one at a time.
 *   <li><b>Errors</b> of the network are {@link java.io.IOException}s, which {@code await(x, IOException.class)}
 *       declares; their message says which host and port or which path.
 *   <li><b>Bytes</b> that are handed over are copied where they have to be kept: an array or buffer may be used again
 *       at once. Of a {@link java.nio.ByteBuffer}, what remains is taken, and its position moved to the limit.
 *   <li><b>A loop on virtual time</b> does no I/O, because its clock would run ahead while bytes are on their way: an
 *       {@link java.lang.UnsupportedOperationException} says so.
 *   <li><b>Android.</b> Nothing of this package is for Android.
 * </ul>
 */
@NullMarked
package dev.asyncio.streams;

import org.jspecify.annotations.NullMarked;
