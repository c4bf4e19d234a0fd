package dev.asyncio.stacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.Carrier;
import dev.asyncio.EventLoop;
import dev.asyncio.RunnerOptions;
import dev.asyncio.support.ChildJvm;
import dev.asyncio.support.Jdk;
import dev.asyncio.testing.VirtualTimeLoop;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A carrier that is asked for and not there is an error, never a fall-back. */
class MissingCarrierTest {
    @Test
    void virtualThreadsThatTheJvmLacksAreAnError() {
        assumeTrue(Jdk.feature() < 21, "this JVM has virtual threads");
        assertMissing(Carrier.VIRTUAL, "JDK 21 or newer");
    }

    @Test
    void theLoopsOwnSchedulingIsAnErrorWithoutItsFlag() {
        assumeFalse(Jdk.feature() >= 21 && Jdk.opensJavaLang(), "this JVM was started with the flag");
        assertMissing(Carrier.LOOP, "--add-opens java.base/java.lang=ALL-UNNAMED");
    }

    private static void assertMissing(Carrier carrier, String advice) {
        for (IllegalStateException e : List.of(
                assertThrows(IllegalStateException.class, () -> Asyncio.newEventLoop(carrier)),
                assertThrows(IllegalStateException.class, () -> new VirtualTimeLoop(carrier)),
                assertThrows(
                        IllegalStateException.class,
                        () -> Asyncio.run(() -> {}, RunnerOptions.DEFAULT.withCarrier(carrier))))) {
            assertTrue(e.getMessage().contains(advice), e::getMessage);
        }
    }

    @Test
    void aSystemPropertyThatNamesNoCarrierIsAnError() throws Exception {
        try (ChildJvm child = ChildJvm.with("-Ddev.asyncio.carrier=quantum").start(Told.class)) {
            List<String> lines = child.lines();
            assertEquals(1, lines.size(), lines::toString);
            assertTrue(lines.get(0).contains("dev.asyncio.carrier=quantum"), lines::toString);
            assertTrue(lines.get(0).contains("auto, platform, virtual or loop"), lines::toString);
        }
    }

    @Test
    void aSystemPropertyThatNamesAMissingCarrierIsAnError() throws Exception {
        // The child has no --add-opens, whatever this JVM was started with.
        try (ChildJvm child = ChildJvm.with("-Ddev.asyncio.carrier=loop").start(Told.class)) {
            List<String> lines = child.lines();
            assertTrue(lines.get(0).contains("--add-opens java.base/java.lang=ALL-UNNAMED"), lines::toString);
        }
    }

    @Test
    void theBestCarrierIsPickedWhereNoneIsNamed() throws Exception {
        String usual = Jdk.feature() >= 21 ? "virtual" : "platform";
        try (ChildJvm child = ChildJvm.with().start(Told.class)) {
            assertEquals(List.of(usual), child.lines());
        }
        try (ChildJvm child = ChildJvm.with("-Ddev.asyncio.carrier=AUTO").start(Told.class)) {
            assertEquals(List.of(usual), child.lines());
        }
        try (ChildJvm child =
                ChildJvm.with("--add-opens=java.base/java.lang=ALL-UNNAMED").start(Told.class)) {
            assertEquals(List.of(Jdk.feature() >= 21 ? "loop" : "platform"), child.lines());
        }
    }

    @Test
    void aForcedCarrierCarriesTheBodiesOfTheChild() throws Exception {
        for (String name : Jdk.feature() >= 21 ? List.of("platform", "virtual", "loop") : List.of("platform")) {
            try (ChildJvm child = ChildJvm.with(
                            "--add-opens=java.base/java.lang=ALL-UNNAMED", "-Ddev.asyncio.carrier=" + name)
                    .start(Told.class)) {
                assertEquals(List.of(name), child.lines());
            }
        }
    }

    /** Prints the carrier of its loop, or why there is none. */
    static class Told {
        public static void main(String[] args) {
            try (EventLoop loop = Asyncio.newEventLoop()) {
                String before = loop.toString();
                String within = loop.runUntilComplete(() -> loop.toString());
                assertFalse(within.equals(before), "a body takes a stack");
                System.out.println(within.replaceAll(".*carrier=(\\w+).*", "$1"));
            } catch (IllegalStateException | IllegalArgumentException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
