package dev.asyncio.subprocess;

import dev.asyncio.spi.NotOnAndroid;
import dev.asyncio.streams.BaseTransport;
import dev.asyncio.streams.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A process, as a {@link SubprocessProtocol} sees it; asyncio's {@code SubprocessTransport}. <b>Thread:</b> the loop's.
 *
 * <p>{@link #close()} closes its pipes, and kills it if it runs. It closes by itself when the process has ended and its
 * pipes are closed. {@code getExtraInfo("subprocess")} is the {@link java.lang.Process}, which is not to be read from or
 * written to.
 */
@NotOnAndroid
public interface SubprocessTransport extends BaseTransport {
    /**
     * The number of the process; asyncio's {@code get_pid}.
     *
     * @return the system's number of it
     */
    long getPid();

    /**
     * How the process has ended; asyncio's {@code get_returncode}.
     *
     * @return see {@link AsyncProcess#returnCode()}
     */
    @Nullable Integer getReturnCode();

    /**
     * A pipe; asyncio's {@code get_pipe_transport}.
     *
     * @param fd 0 for its standard input, which can be written to; 1 for its standard output and 2 for its standard
     *     error, whose reading can be paused
     * @return its transport; null if that stream is not a pipe
     */
    @Nullable Transport getPipeTransport(int fd);

    /**
     * Sends a signal; asyncio's {@code send_signal}.
     *
     * @param signal see {@link AsyncProcess#sendSignal}
     * @throws IllegalArgumentException if there is no such signal
     * @throws ProcessLookupException after {@code connectionLost}
     * @throws UnsupportedOperationException on Windows, for anything but {@code TERM} and {@code KILL}
     */
    void sendSignal(String signal);

    /**
     * Asks the process to end; asyncio's {@code terminate}.
     *
     * @throws ProcessLookupException after {@code connectionLost}
     */
    void terminate();

    /**
     * Ends the process; asyncio's {@code kill}.
     *
     * @throws ProcessLookupException after {@code connectionLost}
     */
    void kill();
}
