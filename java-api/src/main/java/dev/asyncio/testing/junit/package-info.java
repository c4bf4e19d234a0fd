/**
 * Tests of JUnit 5 whose methods may {@code await}. For those who have {@code junit-jupiter-api} on their path.
 */
@NullMarked
package dev.asyncio.testing.junit;

import org.jspecify.annotations.NullMarked;
