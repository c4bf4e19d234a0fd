package dev.asyncio.contextvars;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Context;
import dev.asyncio.ContextVar;
import dev.asyncio.Token;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Trace;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Context variables and contexts by themselves, inside and outside of a loop. */
class ContextVarTest {
    private final Trace trace = new Trace();
    private final ContextVar<String> variable = new ContextVar<>("variable");

    @Test
    void aVariableWithoutValueAndDefaultHasNothingToGive() {
        NoSuchElementException error = assertThrows(NoSuchElementException.class, variable::get);
        assertTrue(error.getMessage().contains("'variable'"), error::getMessage);
        assertEquals("mine", variable.get("mine"));
        assertEquals("general", new ContextVar<>("other", "general").get());
        assertEquals("mine", new ContextVar<>("other", "general").get("mine"));
        assertEquals("variable", variable.name());
    }

    @Test
    void nullIsAValue() {
        Context.copyContext().run(() -> {
            variable.set(null);
            assertNull(variable.get());
            assertNull(variable.get("not this"));
            assertTrue(Context.copyContext().contains(variable));
        });
        assertNull(new ContextVar<String>("other", null).get());
    }

    @Test
    void runChangesTheContextAndNothingElse() {
        Context context = Context.copyContext();
        String result = context.run(() -> {
            variable.set("inside");
            return variable.get();
        });
        assertEquals("inside", result);
        assertThrows(NoSuchElementException.class, variable::get);
        assertEquals("inside", context.get(variable));
        assertEquals("inside", context.run(() -> variable.get()));
    }

    @Test
    void runThrowsTheExceptionAsItIsAndLeavesTheContext() {
        Context context = Context.copyContext();
        assertThrows(
                IOException.class,
                () -> context.run(
                        () -> {
                            variable.set("before the failure");
                            throw new IOException("as it is");
                        },
                        IOException.class));
        assertThrows(NoSuchElementException.class, variable::get);
        assertEquals("before the failure", context.run(() -> variable.get()));
    }

    @Test
    void aContextIsEnteredOnceAtATime() {
        Context context = Context.copyContext();
        context.run(() -> {
            assertThrows(IllegalStateException.class, () -> context.run(() -> trace.add("entered twice")));
            context.copy().run(() -> trace.add("a copy can be entered"));
        });
        trace.is("a copy can be entered");
    }

    @Test
    void aCopyGoesItsOwnWay() {
        Context original = Context.copyContext();
        original.run(() -> variable.set("original"));
        Context copy = original.copy();
        copy.run(() -> variable.set("copy"));
        assertEquals("original", original.get(variable));
        assertEquals("copy", copy.get(variable));
    }

    @Test
    void aContextShowsItsVariables() {
        Context context = Context.copyContext();
        ContextVar<Integer> other = new ContextVar<>("other", 7);
        int before = context.size();
        context.run(() -> variable.set("value"));
        assertEquals(before + 1, context.size());
        assertTrue(context.contains(variable));
        assertTrue(context.variables().contains(variable));
        assertFalse(context.contains(other), "a default is not in the context");
        assertNull(context.get(other));
        assertEquals(8, context.get(other, 8));
        Set<ContextVar<?>> variables = context.variables();
        assertThrows(UnsupportedOperationException.class, () -> variables.add(other));
    }

    @Test
    void aTokenTakesTheVariableBackToWhereItWas() {
        Context.copyContext().run(() -> {
            Token<String> first = variable.set("first");
            assertFalse(first.hasOldValue());
            assertThrows(NoSuchElementException.class, first::oldValue);
            Token<String> second = variable.set("second");
            assertTrue(second.hasOldValue());
            assertEquals("first", second.oldValue());
            assertSame(variable, second.var());
            variable.reset(second);
            assertEquals("first", variable.get());
            variable.reset(first);
            assertThrows(NoSuchElementException.class, variable::get);
        });
    }

    @Test
    void aTokenWorksOnceInItsOwnContextAndForItsOwnVariable() {
        Context.copyContext().run(() -> {
            Token<String> token = variable.set("value");
            ContextVar<String> other = new ContextVar<>("other");
            assertThrows(IllegalArgumentException.class, () -> other.reset(token));
            Context.copyContext().run(() -> {
                assertThrows(IllegalArgumentException.class, () -> variable.reset(token));
            });
            variable.reset(token);
            assertThrows(IllegalStateException.class, () -> variable.reset(token));
            assertThrows(IllegalStateException.class, () -> other.reset(token), "that it is used up comes first");
        });
    }

    @Test
    void eachThreadHasAContextOfItsOwn() throws Exception {
        Context.copyContext().run(() -> {
            variable.set("this thread's");
            Thread other = new Thread(() -> {
                assertThrows(NoSuchElementException.class, variable::get);
                variable.set("the other thread's");
                trace.add(variable.get());
            });
            other.start();
            other.join();
            trace.add(variable.get());
        });
        trace.is("the other thread's", "this thread's");
    }

    @Test
    void aLoopStartsWithTheContextOfItsCaller() {
        Context.copyContext().run(() -> {
            variable.set("the caller's");
            assertEquals("the caller's", Runs.virtual(() -> variable.get()));
            Runs.virtual(() -> {
                variable.set("main's");
            });
            assertEquals("the caller's", variable.get());
        });
    }

    @Test
    void twoVariablesOfOneNameAreTwo() {
        ContextVar<String> twin = new ContextVar<>("variable");
        assertNotEquals(variable, twin);
        Context.copyContext().run(() -> {
            variable.set("one");
            assertThrows(NoSuchElementException.class, twin::get);
        });
    }

    @Test
    void variablesAndContextsTellWhatTheyAre() {
        assertEquals("<ContextVar name='variable'>", variable.toString());
        assertEquals("<ContextVar name='other' default=7>", new ContextVar<>("other", 7).toString());
        Context context = Context.copyContext();
        context.run(() -> {
            Token<String> token = variable.set("secret");
            assertEquals("<Token var=<ContextVar name='variable'>>", token.toString());
            variable.reset(token);
            assertEquals("<Token var=<ContextVar name='variable'> used>", token.toString());
        });
        assertTrue(context.toString().startsWith("<Context vars="), context::toString);
    }
}
