package dev.asyncio.subprocess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SubprocessOptionsTest {
    private static final SubprocessOptions DEFAULT = SubprocessOptions.DEFAULT;

    @Test
    void theDefaultsAreThoseOfThisProcess() {
        assertSame(Stdio.INHERIT, DEFAULT.stdin());
        assertSame(Stdio.INHERIT, DEFAULT.stdout());
        assertSame(Stdio.INHERIT, DEFAULT.stderr());
        assertNull(DEFAULT.environment());
        assertNull(DEFAULT.directory());
        assertEquals(Map.of(), DEFAULT.variables());
        assertEquals(65536, DEFAULT.limit());
    }

    @Test
    void eachOptionIsItsOwn() {
        Path path = Path.of("x");
        SubprocessOptions all = DEFAULT.withStdin(Stdio.file(path))
                .withStdout(Stdio.appendTo(path))
                .withStderr(Stdio.STDOUT)
                .withEnvironment(Map.of("A", "1"))
                .withVariable("B", "2")
                .withDirectory(path)
                .withLimit(5);
        assertEquals(Stdio.Kind.FILE, all.stdin().kind());
        assertEquals(path, all.stdin().path());
        assertEquals(Stdio.Kind.APPEND, all.stdout().kind());
        assertSame(Stdio.STDOUT, all.stderr());
        assertEquals(Map.of("A", "1"), all.environment());
        assertEquals(Map.of("B", "2"), all.variables());
        assertEquals(path, all.directory());
        assertEquals(5, all.limit());
        assertEquals(Map.of(), all.withEnvironment(null).variables());
        assertNull(all.withDirectory(null).directory());
    }

    @Test
    void whatWasGivenIsCopied() {
        Map<String, String> environment = new HashMap<>(Map.of("A", "1"));
        SubprocessOptions options = DEFAULT.withEnvironment(environment);
        environment.put("B", "2");
        assertEquals(Map.of("A", "1"), options.environment());
        assertThrows(
                UnsupportedOperationException.class, () -> options.environment().put("C", "3"));
        assertThrows(
                UnsupportedOperationException.class, () -> options.variables().put("C", "3"));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> DEFAULT.withStdin(Stdio.STDOUT));
        assertThrows(IllegalArgumentException.class, () -> DEFAULT.withStdin(Stdio.appendTo(Path.of("x"))));
        assertThrows(IllegalArgumentException.class, () -> DEFAULT.withStdout(Stdio.STDOUT));
        assertThrows(IllegalArgumentException.class, () -> DEFAULT.withLimit(0));
        assertThrows(IllegalArgumentException.class, () -> DEFAULT.withVariable("", "x"));
        assertThrows(IllegalArgumentException.class, () -> DEFAULT.withVariable("a=b", "x"));
        assertThrows(IllegalArgumentException.class, () -> DEFAULT.withVariable("a", "x\0"));
        assertThrows(IllegalArgumentException.class, () -> DEFAULT.withEnvironment(Map.of("a\0", "x")));
        assertThrows(NullPointerException.class, () -> DEFAULT.withStdin(null));
        assertThrows(NullPointerException.class, () -> DEFAULT.withStderr(null));
        assertThrows(NullPointerException.class, () -> Stdio.file(null));
    }

    @Test
    void valuesOfVariablesAreNotShown() {
        String shown = DEFAULT.withVariable("TOKEN", "secret")
                .withEnvironment(Map.of("KEY", "hidden"))
                .withVariable("TOKEN", "secret")
                .toString();
        assertFalse(shown.contains("secret") || shown.contains("hidden"), shown);
        assertEquals(
                "SubprocessOptions[stdin=INHERIT, stdout=INHERIT, stderr=INHERIT, environment=[KEY], variables=[TOKEN], "
                        + "directory=null, limit=65536]",
                shown);
    }
}
