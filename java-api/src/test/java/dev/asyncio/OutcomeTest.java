package dev.asyncio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    @Test
    void successHasAValueAndNoException() {
        Outcome<String> outcome = Outcome.success("tea");

        assertTrue(outcome.isSuccess());
        assertEquals("tea", outcome.value());
        assertNull(outcome.exception());
    }

    @Test
    void valueMayBeNull() {
        Outcome<@Nullable String> outcome = Outcome.success(null);

        assertTrue(outcome.isSuccess());
        assertNull(outcome.value());
    }

    @Test
    void failureKeepsItsException() {
        IOException exception = new IOException("spilt");
        Outcome<String> outcome = Outcome.failure(exception);

        assertFalse(outcome.isSuccess());
        assertSame(exception, outcome.exception());
    }

    @Test
    void valueOfAFailureThrowsWithTheExceptionAsCause() {
        CancelledError exception = new CancelledError("enough");
        Outcome<String> outcome = Outcome.failure(exception);

        IllegalStateException thrown = assertThrows(IllegalStateException.class, outcome::value);

        assertSame(exception, thrown.getCause());
        assertTrue(thrown.getMessage().contains("enough"), thrown.getMessage());
    }

    @Test
    void failureNeedsAnException() {
        assertThrows(NullPointerException.class, () -> Outcome.failure(null));
    }

    @Test
    void outcomesAreEqualByContent() {
        IOException exception = new IOException();

        assertEquals(Outcome.success(1), Outcome.success(1));
        assertEquals(Outcome.success(1).hashCode(), Outcome.success(1).hashCode());
        assertEquals(Outcome.failure(exception), Outcome.failure(exception));
        assertNotEquals(Outcome.success(1), Outcome.success(2));
        assertNotEquals(Outcome.failure(exception), Outcome.failure(new IOException()));
        assertNotEquals(Outcome.success(exception), Outcome.failure(exception));
        assertNotEquals(Outcome.success(null), Outcome.failure(exception));
    }

    @Test
    void toStringShowsWhichItIs() {
        assertEquals("Success[1]", Outcome.success(1).toString());
        assertEquals(
                "Failure[java.io.IOException: spilt]",
                Outcome.failure(new IOException("spilt")).toString());
    }
}
