/**
 * Files without blocking the loop: what {@code aiofiles} is to asyncio.
 *
 * <p>{@link dev.asyncio.files.AsyncFile} and {@link dev.asyncio.files.AsyncTextFile} are open files of bytes and of
 * text, {@link dev.asyncio.files.AsyncFiles} does something to a whole file at once, {@link
 * dev.asyncio.files.FileWatcher} tells what becomes of files.
 *
 * <p>What holds for all of them:
 *
 * <ul>
 *   <li><b>Thread.</b> The loop's, the one on which a file was opened. What blocks is done by the loop's default
 *       executor.
 *   <li><b>Errors</b> of the system are {@link java.io.IOException}s, which {@code await(x, IOException.class)}
 *       declares, mostly a {@link java.nio.file.FileSystemException}; they name the file.
 *   <li><b>Cancellation</b> keeps from happening what has not begun. What has begun is finished, since no thread is
 *       interrupted, and its result is dropped.
 *   <li><b>A loop on virtual time</b> waits for the executor, and its clock stands still meanwhile.
 *   <li><b>Android.</b> Nothing of this package is for Android.
 * </ul>
 */
@NullMarked
package dev.asyncio.files;

import org.jspecify.annotations.NullMarked;
