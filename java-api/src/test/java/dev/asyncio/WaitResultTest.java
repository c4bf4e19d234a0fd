package dev.asyncio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.asyncio.doubles.Doubles;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitResultTest {
    private final Future<String> a = future();
    private final Future<String> b = future();
    private final Future<String> c = future();

    @Test
    void setsKeepTheOrder() {
        WaitResult<String> result = new WaitResult<>(List.of(c, a), List.of(b));

        assertEquals(List.of(c, a), new ArrayList<>(result.done()));
        assertEquals(List.of(b), new ArrayList<>(result.pending()));
    }

    @Test
    void setsAreCopiesThatCannotBeChanged() {
        List<Future<String>> done = new ArrayList<>(List.of(a));
        WaitResult<String> result = new WaitResult<>(done, List.of());
        done.add(b);

        assertEquals(List.of(a), new ArrayList<>(result.done()));
        assertThrows(UnsupportedOperationException.class, () -> result.done().clear());
        assertThrows(UnsupportedOperationException.class, () -> result.pending().add(b));
    }

    @SuppressWarnings("unchecked")
    private static Future<String> future() {
        return Doubles.unused(Future.class);
    }
}
