package dev.asyncio.spi;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.ContextVar;
import dev.asyncio.doubles.Doubles;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;

/** This module has no engine on its class path, as a program that forgot it. */
class EngineTest {
    private final EventLoopProvider one = Doubles.unused(EventLoopProvider.class);
    private final EventLoopProvider two = Doubles.unused(EventLoopProvider.class);

    @Test
    void withoutAnEngineTheMissingArtifactIsNamedEachTime() {
        IllegalStateException first = assertThrows(IllegalStateException.class, Engine::get);
        IllegalStateException second = assertThrows(IllegalStateException.class, Engine::get);

        assertNamesTheArtifact(first);
        assertNamesTheArtifact(second);
        assertNotSame(first, second);
    }

    @Test
    void theFacadeNamesTheMissingArtifactToo() {
        ContextVar<String> variable = new ContextVar<>("v");

        assertNamesTheArtifact(assertThrows(IllegalStateException.class, () -> Asyncio.run(() -> 1)));
        assertNamesTheArtifact(assertThrows(IllegalStateException.class, () -> variable.get("x")));
    }

    @Test
    void theOnlyEngineIsTaken() {
        assertSame(one, Engine.theOnlyOne(List.of(one).iterator()));
    }

    @Test
    void severalEnginesAreAnErrorThatNamesThem() {
        IllegalStateException thrown = assertThrows(
                IllegalStateException.class,
                () -> Engine.theOnlyOne(List.of(one, two).iterator()));

        assertTrue(thrown.getMessage().contains(one.getClass().getName()), thrown.getMessage());
        assertTrue(thrown.getMessage().contains(" and " + two.getClass().getName()), thrown.getMessage());
    }

    @Test
    void anEngineThatDoesNotLoadIsTheCause() {
        for (Error error : List.of(new ServiceConfigurationError("no room"), new NoClassDefFoundError("no room"))) {
            IllegalStateException thrown =
                    assertThrows(IllegalStateException.class, () -> Engine.theOnlyOne(failingWith(error)));

            assertSame(error, thrown.getCause());
            assertTrue(thrown.getMessage().contains("no room"), thrown.getMessage());
        }
    }

    private static void assertNamesTheArtifact(IllegalStateException thrown) {
        assertTrue(thrown.getMessage().contains("dev.asyncio:asyncio-kotlin-impl"), thrown.getMessage());
    }

    private static Iterator<EventLoopProvider> failingWith(Error error) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public EventLoopProvider next() {
                throw error;
            }
        };
    }
}
