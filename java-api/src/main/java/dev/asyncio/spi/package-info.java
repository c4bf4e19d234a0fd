/** The contract between the facade and an engine. */
@NullMarked
package dev.asyncio.spi;

import org.jspecify.annotations.NullMarked;
