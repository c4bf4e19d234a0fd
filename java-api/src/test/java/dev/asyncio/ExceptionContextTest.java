package dev.asyncio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.asyncio.doubles.Doubles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExceptionContextTest {
    @Test
    void onlyTheMessageIsRequired() {
        ExceptionContext context = ExceptionContext.builder("oops").build();

        assertEquals("oops", context.message());
        assertNull(context.exception());
        assertNull(context.future());
        assertNull(context.task());
        assertNull(context.handle());
        assertEquals(Map.of(), context.extras());
        assertThrows(NullPointerException.class, () -> ExceptionContext.builder(null));
    }

    @Test
    void everythingGivenIsThere() {
        IOException exception = new IOException();
        Future<?> future = Doubles.unused(Future.class);
        Task<?> task = Doubles.unused(Task.class);
        Handle handle = Doubles.unused(Handle.class);

        ExceptionContext context = ExceptionContext.builder("oops")
                .exception(exception)
                .future(future)
                .task(task)
                .handle(handle)
                .extra("transport", "t")
                .extra("socket", "s")
                .build();

        assertSame(exception, context.exception());
        assertSame(future, context.future());
        assertSame(task, context.task());
        assertSame(handle, context.handle());
        assertEquals(
                List.of("transport", "socket"), new ArrayList<>(context.extras().keySet()));
        assertEquals("t", context.extras().get("transport"));
    }

    @Test
    void contextDoesNotChangeWithItsBuilder() {
        ExceptionContext.Builder builder = ExceptionContext.builder("oops").extra("a", 1);
        ExceptionContext context = builder.build();
        builder.extra("b", 2).exception(new IOException());

        assertEquals(Map.of("a", 1), context.extras());
        assertNull(context.exception());
        assertThrows(UnsupportedOperationException.class, () -> context.extras().put("c", 3));
    }

    @Test
    void toStringLeavesOutWhatIsAbsent() {
        assertEquals(
                "ExceptionContext[message=oops]",
                ExceptionContext.builder("oops").build().toString());
        assertEquals(
                "ExceptionContext[message=oops, exception=java.io.IOException: x, k=1]",
                ExceptionContext.builder("oops")
                        .exception(new IOException("x"))
                        .extra("k", 1)
                        .build()
                        .toString());
    }
}
