/** asyncio for Java. */
@NullMarked
package dev.asyncio;

import org.jspecify.annotations.NullMarked;
