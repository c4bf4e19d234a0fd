/**
 * Loops on virtual time, for tests that are exact and do not wait.
 *
 * <p>{@link dev.asyncio.testing.VirtualTimeLoop} is the real scheduler with another clock: the order of events is that
 * of any loop, but an hour of sleep takes no time. {@link dev.asyncio.testing.VirtualTime} puts code that makes its own
 * loop on such a one. {@code dev.asyncio.testing.junit} makes tests of JUnit 5 run on one.
 */
@NullMarked
package dev.asyncio.testing;

import org.jspecify.annotations.NullMarked;
