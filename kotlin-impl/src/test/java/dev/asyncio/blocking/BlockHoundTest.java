package dev.asyncio.blocking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.asyncio.support.ChildJvm;
import dev.asyncio.support.Jdk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** BlockHound finds what blocks a loop, whatever carries it, and nothing else. */
class BlockHoundTest {
    private static final List<String> KOTLIN = List.of(
            "sleep, Kotlin body: noticed",
            "sleep, Kotlin body after an await: noticed",
            "sleep, child of a Kotlin body: noticed",
            "sleep, other dispatcher: fine");

    static List<String> carriers() {
        return Jdk.feature() < 21 ? List.of("platform") : List.of("platform", "virtual", "loop");
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void blockingIsNoticedOnTheLoopAndNowhereElse(String carrier) throws Exception {
        List<String> flags = new ArrayList<>(
                Arrays.asList("-XX:+AllowRedefinitionToAddDeleteMethods", "-Ddev.asyncio.carrier=" + carrier));
        if (carrier.equals("loop")) {
            flags.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
        }
        if (Jdk.feature() >= 21) {
            flags.add("-XX:+EnableDynamicAgentLoading");
        }
        List<String> expected = Stream.of(
                        List.of(
                                "sleep, before the loop: fine",
                                "sleep, Java body: noticed",
                                "latch, Java body: noticed",
                                "monitor, Java body: noticed",
                                "file, Java body: noticed",
                                "sleep, Java body after an await: noticed",
                                "sleep, another Java body: noticed",
                                "sleep, callback: noticed",
                                "sleep, done-callback: noticed",
                                "processes, Java body: fine"),
                        KOTLIN,
                        KOTLIN,
                        List.of("sleep, other thread: fine", "sleep, after the loop: fine"))
                .flatMap(List::stream)
                .collect(Collectors.toList());
        try (ChildJvm jvm = ChildJvm.with(flags.toArray(new String[0])).start(BlockingProgram.class)) {
            List<String> lines = jvm.lines();
            assertEquals(
                    expected,
                    lines.stream()
                            .filter(line -> line.endsWith(": fine") || line.endsWith(": noticed"))
                            .collect(Collectors.toList()));
            // The engine may write to its log.
            assertEquals(
                    1, lines.stream().filter(line -> line.endsWith("logged")).count(), lines::toString);
        }
    }
}
