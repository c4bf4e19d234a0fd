/**
 * The contract between the public types and an engine.
 *
 * <p>For those who write an engine; applications have no need of it. An engine provides an
 * {@link dev.asyncio.spi.EventLoopProvider} to {@link java.util.ServiceLoader} and implements the interfaces of
 * {@code dev.asyncio} and the peers that stand here.
 */
@NullMarked
package dev.asyncio.spi;

import org.jspecify.annotations.NullMarked;
