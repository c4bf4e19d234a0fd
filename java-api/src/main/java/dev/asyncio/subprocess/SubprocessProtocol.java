package dev.asyncio.subprocess;

import dev.asyncio.spi.NotOnAndroid;
import dev.asyncio.streams.BaseProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Is told what becomes of a process; asyncio's {@code SubprocessProtocol}.
 *
 * <p>The calls are {@link #connectionMade connectionMade}; any number of {@link #pipeDataReceived pipeDataReceived},
 * {@link #pipeConnectionLost pipeConnectionLost} once for each pipe and {@link #processExited processExited} once, in
 * whatever order these come; {@link #connectionLost connectionLost} after all of them.
 */
@NotOnAndroid
public interface SubprocessProtocol extends BaseProtocol {
    /**
     * The process runs, and its pipes are connected; the first call; asyncio's {@code connection_made}.
     *
     * @param transport the process
     */
    default void connectionMade(SubprocessTransport transport) {}

    /**
     * The process has written something; asyncio's {@code pipe_data_received}.
     *
     * @param fd 1 for its standard output, 2 for its standard error
     * @param data one byte or more, in an array of its own
     */
    default void pipeDataReceived(int fd, byte[] data) {}

    /**
     * A pipe is closed, by whichever side; asyncio's {@code pipe_connection_lost}.
     *
     * @param fd 0 for its standard input, 1 for its standard output, 2 for its standard error
     * @param exception why, or null for the ordinary end
     */
    default void pipeConnectionLost(int fd, @Nullable Throwable exception) {}

    /**
     * The process has ended; asyncio's {@code process_exited}. {@link SubprocessTransport#getReturnCode()} says how.
     * Pipes may be open still, and output to come.
     */
    default void processExited() {}
}
