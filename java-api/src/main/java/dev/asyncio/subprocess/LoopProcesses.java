package dev.asyncio.subprocess;

import dev.asyncio.CheckReturnValue;
import dev.asyncio.Coroutine;
import dev.asyncio.EventLoop;
import dev.asyncio.spi.Engine;
import dev.asyncio.spi.NotOnAndroid;
import dev.asyncio.spi.SubprocessProvider;
import dev.asyncio.streams.Endpoint;
import dev.asyncio.streams.Protocol;
import dev.asyncio.streams.StreamProtocol;
import dev.asyncio.streams.Transport;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What an {@link EventLoop} does with processes and pipes; every loop has it. The coroutines are to be awaited on this
 * loop.
 */
@NotOnAndroid
public interface LoopProcesses {
    /**
     * Starts a program, with a pipe for each of its streams; asyncio's {@code subprocess_exec}.
     *
     * @param protocolFactory makes the protocol
     * @param args the program and its arguments
     * @param <P> the type of the protocol
     * @return a cold coroutine of transport and protocol; see {@link Subprocess} for what it throws
     * @throws IllegalArgumentException if there is no program, or a zero in an argument
     */
    @CheckReturnValue
    default <P extends SubprocessProtocol> Coroutine<Endpoint<SubprocessTransport, P>> subprocessExec(
            Supplier<? extends P> protocolFactory, String... args) {
        return subprocessExec(protocolFactory, SubprocessOptions.PIPES, args);
    }

    /**
     * As {@link #subprocessExec(Supplier, String...)}, with options.
     *
     * @param protocolFactory makes the protocol
     * @param options streams, environment, directory
     * @param args the program and its arguments
     * @param <P> the type of the protocol
     * @return a cold coroutine of transport and protocol
     * @throws IllegalArgumentException if there is no program, or a zero in an argument
     */
    @CheckReturnValue
    default <P extends SubprocessProtocol> Coroutine<Endpoint<SubprocessTransport, P>> subprocessExec(
            Supplier<? extends P> protocolFactory, SubprocessOptions options, String... args) {
        Objects.requireNonNull(protocolFactory, "protocolFactory");
        Objects.requireNonNull(options, "options");
        return processes().subprocessExec(loop(), protocolFactory, Commands.of(args), options);
    }

    /**
     * Has the shell run a command, with a pipe for each of its streams; asyncio's {@code subprocess_shell}.
     *
     * @param protocolFactory makes the protocol
     * @param command a line of the shell's language
     * @param <P> the type of the protocol
     * @return a cold coroutine of transport and protocol
     * @throws IllegalArgumentException if there is a zero in the command
     */
    @CheckReturnValue
    default <P extends SubprocessProtocol> Coroutine<Endpoint<SubprocessTransport, P>> subprocessShell(
            Supplier<? extends P> protocolFactory, String command) {
        return subprocessShell(protocolFactory, command, SubprocessOptions.PIPES);
    }

    /**
     * As {@link #subprocessShell(Supplier, String)}, with options.
     *
     * @param protocolFactory makes the protocol
     * @param command a line of the shell's language
     * @param options streams, environment, directory
     * @param <P> the type of the protocol
     * @return a cold coroutine of transport and protocol
     * @throws IllegalArgumentException if there is a zero in the command
     */
    @CheckReturnValue
    default <P extends SubprocessProtocol> Coroutine<Endpoint<SubprocessTransport, P>> subprocessShell(
            Supplier<? extends P> protocolFactory, String command, SubprocessOptions options) {
        Objects.requireNonNull(protocolFactory, "protocolFactory");
        Objects.requireNonNull(options, "options");
        return processes().subprocessExec(loop(), protocolFactory, Commands.ofShell(command), options);
    }

    /**
     * Reads a stream that blocks, such as {@link System#in}, for a protocol; asyncio's {@code connect_read_pipe}. A
     * thread of its own reads it. The transport cannot be written to.
     *
     * <p>Closing the transport closes the stream, on the loop's thread. A read that waits for input at that moment may
     * go on, and what it gets is dropped.
     *
     * @param protocolFactory makes the protocol
     * @param pipe the stream, which now belongs to the transport
     * @param <P> the type of the protocol
     * @return a cold coroutine of transport and protocol; it resumes after {@code connectionMade}
     */
    @CheckReturnValue
    default <P extends Protocol> Coroutine<Endpoint<Transport, P>> connectReadPipe(
            Supplier<? extends P> protocolFactory, InputStream pipe) {
        Objects.requireNonNull(protocolFactory, "protocolFactory");
        return processes().connectReadPipe(loop(), protocolFactory, Objects.requireNonNull(pipe, "pipe"));
    }

    /**
     * Writes to a stream that blocks, such as {@link System#out}, for a protocol; asyncio's {@code connect_write_pipe}.
     * A thread of its own writes, and flushes when there is nothing more to write. The transport cannot be read from.
     *
     * <p>Closing the transport closes the stream, when all is written.
     *
     * @param protocolFactory makes the protocol, which is told when to pause writing and of the end
     * @param pipe the stream, which now belongs to the transport
     * @param <P> the type of the protocol
     * @return a cold coroutine of transport and protocol; it resumes after {@code connectionMade}
     */
    @CheckReturnValue
    default <P extends StreamProtocol> Coroutine<Endpoint<Transport, P>> connectWritePipe(
            Supplier<? extends P> protocolFactory, OutputStream pipe) {
        Objects.requireNonNull(protocolFactory, "protocolFactory");
        return processes().connectWritePipe(loop(), protocolFactory, Objects.requireNonNull(pipe, "pipe"));
    }

    private EventLoop loop() {
        return (EventLoop) this;
    }

    private static SubprocessProvider processes() {
        return Engine.get().processes();
    }
}
