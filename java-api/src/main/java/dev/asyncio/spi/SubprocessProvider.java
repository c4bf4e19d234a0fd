package dev.asyncio.spi;

import dev.asyncio.Coroutine;
import dev.asyncio.EventLoop;
import dev.asyncio.streams.Endpoint;
import dev.asyncio.streams.Protocol;
import dev.asyncio.streams.StreamProtocol;
import dev.asyncio.streams.Transport;
import dev.asyncio.subprocess.AsyncProcess;
import dev.asyncio.subprocess.SubprocessOptions;
import dev.asyncio.subprocess.SubprocessProtocol;
import dev.asyncio.subprocess.SubprocessTransport;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Supplier;

/** The engine's side of {@code dev.asyncio.subprocess}. What is not null, and commands, are checked by the facade. */
@NotOnAndroid
public interface SubprocessProvider {
    /** On the loop that runs when it is awaited. */
    Coroutine<AsyncProcess> exec(List<String> command, SubprocessOptions options);

    <P extends SubprocessProtocol> Coroutine<Endpoint<SubprocessTransport, P>> subprocessExec(
            EventLoop loop, Supplier<? extends P> protocolFactory, List<String> command, SubprocessOptions options);

    <P extends Protocol> Coroutine<Endpoint<Transport, P>> connectReadPipe(
            EventLoop loop, Supplier<? extends P> protocolFactory, InputStream pipe);

    <P extends StreamProtocol> Coroutine<Endpoint<Transport, P>> connectWritePipe(
            EventLoop loop, Supplier<? extends P> protocolFactory, OutputStream pipe);
}
