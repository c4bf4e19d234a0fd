package dev.asyncio.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A program in a JVM of its own, with the class path of the tests: for flags that a running JVM does not take, for signals and
 * for the exit. Its two output streams are read as one. Whatever happens, it does not outlive the test.
 */
public final class ChildJvm implements AutoCloseable {
    private static final long LIMIT_SECONDS = 120;

    /**
     * What a shell runs in the background ignores Ctrl-C, its children do so too, and a JVM that was started like that never
     * hears of it. GNU's env can undo that; where there is another, the tests have to be run in the foreground.
     */
    private static final List<String> HEEDING_CTRL_C = List.of("env", "--default-signal=INT");

    private final Process process;
    private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    private final List<String> output = new ArrayList<>();
    private final Thread reader;

    private ChildJvm(List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        reader = new Thread(this::read, "child-jvm-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** How to start one. */
    public static final class Builder {
        private final List<String> flags = new ArrayList<>();
        private final List<String> program = new ArrayList<>();
        private String classPath = ChildJvm.classPath();
        private String limit = "";

        /** JVM flags, {@code -D…} included. */
        public Builder flags(String... flags) {
            this.flags.addAll(Arrays.asList(flags));
            return this;
        }

        /** A shell command that comes first, such as one that sets a limit. */
        public Builder limitedBy(String command) {
            this.limit = command;
            return this;
        }

        /** A class path other than that of the tests. */
        public Builder classPath(String classPath) {
            this.classPath = classPath;
            return this;
        }

        /** Starts a class with a {@code main} method. */
        public ChildJvm start(Class<?> main, String... args) throws IOException {
            program.addAll(Arrays.asList("-cp", classPath, main.getName()));
            program.addAll(Arrays.asList(args));
            return start();
        }

        /** Starts a class of a module, {@code module/class}, found on the module path. */
        public ChildJvm startModule(List<String> modulePath, String module) throws IOException {
            program.addAll(Arrays.asList("-p", String.join(File.pathSeparator, modulePath), "-m", module));
            return start();
        }

        private ChildJvm start() throws IOException {
            List<String> command = new ArrayList<>();
            if (succeeds(HEEDING_CTRL_C, "true")) {
                command.addAll(HEEDING_CTRL_C);
            }
            command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
            command.addAll(flags);
            command.addAll(program);
            if (!limit.isEmpty()) {
                command.addAll(0, Arrays.asList("/bin/sh", "-c", limit + " && exec \"$@\"", "sh"));
            }
            return new ChildJvm(command);
        }

        private static boolean succeeds(List<String> prefix, String program) {
            List<String> command = new ArrayList<>(prefix);
            command.add(program);
            try {
                return new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /** A child with these flags. */
    public static Builder with(String... flags) {
        return new Builder().flags(flags);
    }

    /** The class path of this JVM; Surefire keeps it apart, because its own is one jar that names the others. */
    public static String classPath() {
        String surefire = System.getProperty("surefire.test.class.path");
        return surefire != null ? surefire : System.getProperty("java.class.path");
    }

    /** Returns once the child has printed this line. */
    public ChildJvm awaitLine(String line) throws InterruptedException {
        String next;
        do {
            next = arrived.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                fail("the child did not print '" + line + "' but " + output());
            }
        } while (!next.equals(line));
        return this;
    }

    /** Returns the next line that the child prints. */
    public String awaitAnyLine() throws InterruptedException {
        String line = arrived.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            fail("the child printed nothing but " + output());
        }
        return line;
    }

    /** Sends a signal: {@code INT}, {@code TERM}… */
    public ChildJvm signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        assertEquals(0, status, "kill -" + name + " failed");
        return this;
    }

    /** Waits for the end and returns the exit status. */
    public int awaitExit() throws InterruptedException {
        assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), () -> "the child hangs; it printed " + output());
        reader.join();
        return process.exitValue();
    }

    /** Waits for the end, which has to be with status 0, and returns what was printed, line by line. */
    public List<String> lines() throws InterruptedException {
        int status = awaitExit();
        List<String> lines = output();
        assertEquals(0, status, () -> "exit status, after " + lines);
        return lines;
    }

    /** What was printed up to now. */
    public List<String> output() {
        synchronized (output) {
            return new ArrayList<>(output);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                synchronized (output) {
                    output.add(line);
                }
                arrived.add(line);
            }
        } catch (IOException e) {
            arrived.add("the output broke off: " + e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
        reader.join();
    }
}
