package dev.asyncio.subprocess;

import dev.asyncio.CheckReturnValue;
import dev.asyncio.Coroutine;
import dev.asyncio.spi.Engine;
import dev.asyncio.spi.NotOnAndroid;
import java.util.Objects;

/**
 * Starts processes; asyncio's {@code create_subprocess_exec} and {@code create_subprocess_shell}.
 *
 * <pre>{@code
 * AsyncProcess sort = await(Subprocess.exec(SubprocessOptions.PIPES, "sort"), IOException.class);
 * ProcessOutput output = await(sort.communicate("b\na\n"));
 * }</pre>
 *
 * <p><b>Errors:</b> a program that is not there is a {@link java.nio.file.NoSuchFileException}, one that may not be run
 * an {@link java.nio.file.AccessDeniedException}, anything else a {@link java.nio.file.FileSystemException}; they name
 * the program, and the directory if one was given. <b>Cancellation:</b> what was started is killed, and waited for.
 */
@NotOnAndroid
public final class Subprocess {
    private Subprocess() {}

    /**
     * Starts a program; asyncio's {@code create_subprocess_exec}. Its streams are this JVM's.
     *
     * @param args the program, looked up in {@code PATH} unless it is a path, and its arguments
     * @return a cold coroutine of the process
     * @throws IllegalArgumentException if there is no program, or a zero in an argument
     */
    @CheckReturnValue
    public static Coroutine<AsyncProcess> exec(String... args) {
        return exec(SubprocessOptions.DEFAULT, args);
    }

    /**
     * As {@link #exec(String...)}, with options.
     *
     * @param options streams, environment, directory
     * @param args the program and its arguments
     * @return a cold coroutine of the process
     * @throws IllegalArgumentException if there is no program, or a zero in an argument
     */
    @CheckReturnValue
    public static Coroutine<AsyncProcess> exec(SubprocessOptions options, String... args) {
        Objects.requireNonNull(options, "options");
        return Engine.get().processes().exec(Commands.of(args), options);
    }

    /**
     * Has the shell run a command; asyncio's {@code create_subprocess_shell}. Its streams are this JVM's.
     *
     * @param command a line of the shell's language. What is put into it from outside has to be quoted: with
     *     {@link #exec(String...)} nothing has
     * @return a cold coroutine of the shell's process
     * @throws IllegalArgumentException if there is a zero in the command
     */
    @CheckReturnValue
    public static Coroutine<AsyncProcess> shell(String command) {
        return shell(command, SubprocessOptions.DEFAULT);
    }

    /**
     * As {@link #shell(String)}, with options.
     *
     * @param command a line of the shell's language
     * @param options streams, environment, directory
     * @return a cold coroutine of the shell's process
     * @throws IllegalArgumentException if there is a zero in the command
     */
    @CheckReturnValue
    public static Coroutine<AsyncProcess> shell(String command, SubprocessOptions options) {
        Objects.requireNonNull(options, "options");
        return Engine.get().processes().exec(Commands.ofShell(command), options);
    }
}
