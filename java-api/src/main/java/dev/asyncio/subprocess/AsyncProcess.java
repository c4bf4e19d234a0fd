package dev.asyncio.subprocess;

import dev.asyncio.CheckReturnValue;
import dev.asyncio.Coroutine;
import dev.asyncio.spi.NotOnAndroid;
import dev.asyncio.streams.StreamReader;
import dev.asyncio.streams.StreamWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A process that was started by {@link Subprocess}; asyncio's {@code Process}. <b>Thread:</b> the loop's. */
@NotOnAndroid
public interface AsyncProcess {
    /**
     * Its standard input; asyncio's {@code stdin}. A process that has closed it is noticed by what is written to it:
     * {@link StreamWriter#waitClosed()} fails with {@link BrokenPipeException}, and {@link StreamWriter#drain()} with that
     * or, if the pipe was broken before, with {@link java.net.SocketException}.
     *
     * @return a writer; null unless it is a {@linkplain Stdio#PIPE pipe}
     */
    @Nullable StreamWriter stdin();

    /**
     * Its standard output; asyncio's {@code stdout}.
     *
     * @return a reader; null unless it is a {@linkplain Stdio#PIPE pipe}
     */
    @Nullable StreamReader stdout();

    /**
     * Its standard error; asyncio's {@code stderr}.
     *
     * @return a reader; null unless it is a {@linkplain Stdio#PIPE pipe}
     */
    @Nullable StreamReader stderr();

    /**
     * Writes the input, closes it, reads all output and waits for the end; asyncio's {@code communicate}. For output of
     * any size: the limit of the readers does not apply. A process that does not read all of its input is no error.
     *
     * <p><b>Cancellation</b> leaves the process running; what was read is lost.
     *
     * @param input what to write; null for nothing
     * @return a cold coroutine of the output
     * @throws IllegalArgumentException if there is input, and {@link #stdin()} is null
     */
    @CheckReturnValue
    Coroutine<ProcessOutput> communicate(byte @Nullable [] input);

    /**
     * As {@link #communicate(byte[])}, without input.
     *
     * @return a cold coroutine of the output
     */
    @CheckReturnValue
    default Coroutine<ProcessOutput> communicate() {
        return communicate((byte[]) null);
    }

    /**
     * As {@link #communicate(byte[])}, with text in UTF-8.
     *
     * @param input what to write
     * @return a cold coroutine of the output
     * @throws IllegalArgumentException if {@link #stdin()} is null
     */
    @CheckReturnValue
    default Coroutine<ProcessOutput> communicate(String input) {
        return communicate(input.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Waits for the end; asyncio's {@code wait}. If the process still runs, also for the ends of its pipes, which a
     * process that it has started may hold. With pipes that nobody reads it may wait for ever, since the process waits
     * too: {@link #communicate()} does not.
     *
     * <p><b>Cancellation</b> leaves the process running. Any number of tasks may wait.
     *
     * @return a cold coroutine of the {@linkplain #returnCode() return code}
     */
    @CheckReturnValue
    Coroutine<Integer> waitFor();

    /**
     * Sends it a signal, and does not wait; asyncio's {@code send_signal}. A process that has just ended is no error.
     *
     * @param signal the name, such as {@code "INT"} or {@code "SIGINT"}
     * @throws IllegalArgumentException if there is no such signal
     * @throws ProcessLookupException if the process has ended and its pipes are closed
     * @throws UnsupportedOperationException on Windows, for anything but {@code TERM} and {@code KILL}
     */
    void sendSignal(String signal);

    /**
     * Asks it to end: sends {@code TERM}; asyncio's {@code terminate}. On Windows as {@link #kill()}.
     *
     * @throws ProcessLookupException if the process has ended and its pipes are closed
     */
    void terminate();

    /**
     * Ends it: sends {@code KILL}; asyncio's {@code kill}. Processes that it has started go on.
     *
     * @throws ProcessLookupException if the process has ended and its pipes are closed
     */
    void kill();

    /**
     * Its number; asyncio's {@code pid}.
     *
     * @return the system's number of it
     */
    long pid();

    /**
     * How it has ended; asyncio's {@code returncode}.
     *
     * @return null until the loop knows of the end; then the exit status, or the negative number of the signal that has
     *     ended it. The JDK tells of such an end as of the status 128 + number, which a program may also end with by
     *     itself: that counts as the signal
     */
    @Nullable Integer returnCode();
}
