/** Loops on virtual time, for tests. */
@NullMarked
package dev.asyncio.testing;

import org.jspecify.annotations.NullMarked;
