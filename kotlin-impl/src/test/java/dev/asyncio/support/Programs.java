package dev.asyncio.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Programs that nobody here wrote, and scripts for them, as peers of a test. Their errors go to the test's own. */
public final class Programs implements AutoCloseable {
    private static final long LIMIT_SECONDS = 120;

    private final Process process;
    private final BufferedReader output;

    private Programs(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Skips the test, saying so, where a program is not installed. */
    public static void assumeInstalled(String name) {
        boolean found = false;
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            found |= Files.isExecutable(Path.of(folder, name));
        }
        assumeTrue(found, name + " is not installed");
    }

    /** The file of a script for a peer. */
    public static String script(String name) {
        URL url = Programs.class.getResource("/peers/" + name);
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Starts a program that goes on; closing kills it. */
    public static Programs start(String... command) throws IOException {
        return new Programs(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The next line that it prints; blocks. */
    public String readLine() throws IOException {
        String line = output.readLine();
        assertTrue(line != null, "the program has ended");
        return line;
    }

    /** What it reads. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** Waits for its end, which has to be a good one; blocks. */
    public void awaitSuccess() throws InterruptedException {
        assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "the program hangs");
        assertEquals(0, process.exitValue(), "exit status");
    }

    /** Runs a program to its end, which has to be a good one, and gives what it has printed; blocks. */
    public static String run(String... command) throws IOException, InterruptedException {
        return run(new byte[0], command);
    }

    /** As {@link #run(String...)}, with something to read. */
    public static String run(byte[] input, String... command) throws IOException, InterruptedException {
        try (Programs program = start(command)) {
            try (OutputStream in = program.input()) {
                in.write(input);
            }
            String printed;
            try (InputStream out = program.process.getInputStream()) {
                printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            }
            program.awaitSuccess();
            return printed;
        }
    }

    @Override
    public void close() throws InterruptedException, IOException {
        process.destroyForcibly();
        process.waitFor();
        process.getInputStream().close();
        process.getOutputStream().close();
    }
}
