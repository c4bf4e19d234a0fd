package dev.asyncio.samples.servers;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server in a process of its own, which lives in a directory of its own and leaves neither behind. */
final class Child implements AutoCloseable {
    private static final int MINUTES_TO_START = 3;

    private final Path directory;
    private final Process process;
    private final Thread atExit = new Thread(this::end, "ends a server");
    private volatile boolean ready;

    /** Starts a process, and waits until it prints a line with this text. */
    Child(Path directory, List<String> command, String readyLine) throws IOException {
        this.directory = directory;
        Path errors = directory.resolve("errors.log");
        process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(errors.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(atExit);
        CompletableFuture.delayedExecutor(MINUTES_TO_START, TimeUnit.MINUTES).execute(() -> {
            if (!ready) {
                process.destroyForcibly(); // which ends the line that is waited for below
            }
        });
        StringBuilder output = new StringBuilder();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        while (!ready) {
            String line = lines.readLine();
            if (line == null) {
                String message =
                        "The server did not start: " + command.get(0) + "\n" + output + Files.readString(errors);
                close();
                throw new IOException(message);
            }
            output.append(line).append('\n');
            ready = line.contains(readyLine);
        }
    }

    static Path newDirectory(String name) throws IOException {
        return Files.createTempDirectory("asyncio-" + name + "-");
    }

    /** Runs a program to its end. */
    static void run(Path directory, Path log, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(
                    List.of(command) + " ended with " + process.exitValue() + ":\n" + Files.readString(log));
        }
    }

    void signal(String name) throws IOException, InterruptedException {
        run(directory, directory.resolve("kill.log"), "sh", "-c", "kill -" + name + " " + process.pid());
    }

    @Override
    public void close() throws IOException {
        Runtime.getRuntime().removeShutdownHook(atExit);
        end();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(Child::delete);
        }
    }

    private void end() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
