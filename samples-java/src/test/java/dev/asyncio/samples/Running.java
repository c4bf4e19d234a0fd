package dev.asyncio.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A sample that runs in a process of its own; closing kills it. What it logs is the build's to show. */
public final class Running implements AutoCloseable {
    private static final String LISTENING = "listening on 127.0.0.1:";

    private final Process process;
    private final BufferedReader output;

    public Running(String sample, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add("dev.asyncio.samples." + sample);
        Collections.addAll(command, arguments);
        process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Where it listens, as its first line says. */
    public int port() throws IOException {
        String line = nextLine();
        assertTrue(line.startsWith(LISTENING), line);
        return Integer.parseInt(line.substring(LISTENING.length()));
    }

    /** The same as an address. */
    public URI address() throws IOException {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** The next line of its output; null at the end. */
    public String nextLine() throws IOException {
        return output.readLine();
    }

    /** What is left of its output, when it has ended. */
    public String printed() throws InterruptedException {
        String printed = output.lines().collect(Collectors.joining("\n"));
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        return printed;
    }

    /** The status that it ends with. */
    public int status() throws InterruptedException {
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        return process.exitValue();
    }

    public void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start();
        assertEquals(0, kill.waitFor());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
