package dev.asyncio.subprocess;

import dev.asyncio.spi.NotOnAndroid;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a process is started; immutable. The keyword arguments of asyncio's {@code create_subprocess_exec}. */
@NotOnAndroid
public final class SubprocessOptions {
    private static final int DEFAULT_LIMIT = 1 << 16;

    /** All three streams, the environment and the directory are this JVM's. */
    public static final SubprocessOptions DEFAULT = new SubprocessOptions(
            Stdio.INHERIT, Stdio.INHERIT, Stdio.INHERIT, null, Collections.emptyMap(), null, DEFAULT_LIMIT);

    /** As {@link #DEFAULT}, but all three streams are pipes. */
    public static final SubprocessOptions PIPES =
            DEFAULT.withStdin(Stdio.PIPE).withStdout(Stdio.PIPE).withStderr(Stdio.PIPE);

    private final Stdio stdin;
    private final Stdio stdout;
    private final Stdio stderr;
    private final @Nullable Map<String, String> environment;
    private final Map<String, @Nullable String> variables;
    private final @Nullable Path directory;
    private final int limit;

    private SubprocessOptions(
            Stdio stdin,
            Stdio stdout,
            Stdio stderr,
            @Nullable Map<String, String> environment,
            Map<String, @Nullable String> variables,
            @Nullable Path directory,
            int limit) {
        this.stdin = stdin;
        this.stdout = stdout;
        this.stderr = stderr;
        this.environment = environment;
        this.variables = variables;
        this.directory = directory;
        this.limit = limit;
    }

    /**
     * These options with another standard input; asyncio's {@code stdin}.
     *
     * @param stdin where it comes from
     * @return the new options
     * @throws IllegalArgumentException if input cannot come from there
     */
    public SubprocessOptions withStdin(Stdio stdin) {
        Stdio.Kind kind = stdin.kind();
        if (kind == Stdio.Kind.STDOUT || kind == Stdio.Kind.APPEND) {
            throw new IllegalArgumentException("the standard input cannot be " + stdin);
        }
        return new SubprocessOptions(stdin, stdout, stderr, environment, variables, directory, limit);
    }

    /**
     * These options with another standard output; asyncio's {@code stdout}.
     *
     * @param stdout where it goes
     * @return the new options
     * @throws IllegalArgumentException if it is {@link Stdio#STDOUT}, which is for the standard error
     */
    public SubprocessOptions withStdout(Stdio stdout) {
        if (stdout.kind() == Stdio.Kind.STDOUT) {
            throw new IllegalArgumentException("STDOUT can only be used for stderr");
        }
        return new SubprocessOptions(stdin, stdout, stderr, environment, variables, directory, limit);
    }

    /**
     * These options with another standard error; asyncio's {@code stderr}.
     *
     * @param stderr where it goes; {@link Stdio#STDOUT} for where the standard output goes
     * @return the new options
     */
    public SubprocessOptions withStderr(Stdio stderr) {
        Objects.requireNonNull(stderr, "stderr");
        return new SubprocessOptions(stdin, stdout, stderr, environment, variables, directory, limit);
    }

    /**
     * These options with another environment; asyncio's {@code env}. Variables that were set one by one are forgotten.
     *
     * @param environment all variables; null for those of this JVM
     * @return the new options
     * @throws IllegalArgumentException if a name is empty or has a {@code =}, or if there is a zero in a name or value
     */
    public SubprocessOptions withEnvironment(@Nullable Map<String, String> environment) {
        Map<String, String> copy = null;
        if (environment != null) {
            copy = new LinkedHashMap<>();
            for (Map.Entry<String, String> variable : environment.entrySet()) {
                String value = Objects.requireNonNull(variable.getValue(), "value");
                copy.put(checkName(variable.getKey()), Commands.checkText(value));
            }
            copy = Collections.unmodifiableMap(copy);
        }
        return new SubprocessOptions(stdin, stdout, stderr, copy, Collections.emptyMap(), directory, limit);
    }

    /**
     * These options with one variable of the environment set or taken out.
     *
     * @param name its name
     * @param value its value; null for none
     * @return the new options
     * @throws IllegalArgumentException if the name is empty or has a {@code =}, or if there is a zero in name or value
     */
    public SubprocessOptions withVariable(String name, @Nullable String value) {
        Map<String, @Nullable String> copy = new LinkedHashMap<>(variables);
        copy.put(checkName(name), value == null ? null : Commands.checkText(value));
        Map<String, @Nullable String> changed = Collections.unmodifiableMap(copy);
        return new SubprocessOptions(stdin, stdout, stderr, environment, changed, directory, limit);
    }

    /**
     * As {@link #withVariable} for each of them: extends the environment.
     *
     * @param variables names and values
     * @return the new options
     */
    public SubprocessOptions withVariables(Map<String, ? extends @Nullable String> variables) {
        SubprocessOptions options = this;
        for (Map.Entry<String, ? extends @Nullable String> variable : variables.entrySet()) {
            options = options.withVariable(variable.getKey(), variable.getValue());
        }
        return options;
    }

    private static String checkName(String name) {
        if (name.isEmpty() || name.indexOf('=') >= 0) {
            throw new IllegalArgumentException("not a name of an environment variable: '" + name + "'");
        }
        return Commands.checkText(name);
    }

    /**
     * These options with another working directory; asyncio's {@code cwd}.
     *
     * @param directory the directory; null for this JVM's
     * @return the new options
     */
    public SubprocessOptions withDirectory(@Nullable Path directory) {
        return new SubprocessOptions(stdin, stdout, stderr, environment, variables, directory, limit);
    }

    /**
     * These options with another limit of each {@link dev.asyncio.streams.StreamReader}; asyncio's {@code limit}. Of no
     * meaning for protocols.
     *
     * @param limit how many bytes a line may have, 64 KiB at first; reading pauses when twice as many are buffered
     * @return the new options
     * @throws IllegalArgumentException if it is not positive
     */
    public SubprocessOptions withLimit(int limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("limit must be positive: " + limit);
        }
        return new SubprocessOptions(stdin, stdout, stderr, environment, variables, directory, limit);
    }

    /**
     * See {@link #withStdin}.
     *
     * @return where it comes from
     */
    public Stdio stdin() {
        return stdin;
    }

    /**
     * See {@link #withStdout}.
     *
     * @return where it goes
     */
    public Stdio stdout() {
        return stdout;
    }

    /**
     * See {@link #withStderr}.
     *
     * @return where it goes
     */
    public Stdio stderr() {
        return stderr;
    }

    /**
     * See {@link #withEnvironment}.
     *
     * @return what replaces this JVM's environment; null if nothing does
     */
    public @Nullable Map<String, String> environment() {
        return environment;
    }

    /**
     * See {@link #withVariable}.
     *
     * @return what is set, and with a null value what is taken out, of the environment
     */
    public Map<String, @Nullable String> variables() {
        return variables;
    }

    /**
     * See {@link #withDirectory}.
     *
     * @return the directory; null for this JVM's
     */
    public @Nullable Path directory() {
        return directory;
    }

    /**
     * See {@link #withLimit}.
     *
     * @return a number of bytes
     */
    public int limit() {
        return limit;
    }

    /** Names of variables are shown, their values are not: they may be secrets. */
    @Override
    public String toString() {
        return "SubprocessOptions[stdin=" + stdin + ", stdout=" + stdout + ", stderr=" + stderr + ", environment="
                + (environment == null ? "inherited" : environment.keySet()) + ", variables=" + variables.keySet()
                + ", directory=" + directory + ", limit=" + limit + "]";
    }
}
