package dev.asyncio.subprocess;

import static dev.asyncio.support.Programs.assumeInstalled;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** Processes of a shell and its tools, which must leave no pipe open. */
@ExtendWith(NoPipesLeft.class)
abstract class SubprocessFixture {
    static final SubprocessOptions PIPES = SubprocessOptions.PIPES;
    static final SubprocessOptions OUTPUT = SubprocessOptions.DEFAULT.withStdout(Stdio.PIPE);

    /** What sleeps, reads its input to the end first, or is one of many, must not live on. */
    static final String FOR_EVER = "1000";

    @BeforeAll
    static void needsAShell() {
        assumeInstalled("sh");
        assumeInstalled("cat");
        assumeInstalled("sleep");
    }
}
