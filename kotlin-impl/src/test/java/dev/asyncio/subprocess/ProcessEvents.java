package dev.asyncio.subprocess;

import dev.asyncio.Asyncio;
import dev.asyncio.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes what its transport tells it. Made on a running loop. */
class ProcessEvents implements SubprocessProtocol {
    final List<String> log = new ArrayList<>();
    final Future<Void> over = Asyncio.getRunningLoop().createFuture();
    SubprocessTransport transport;

    @Override
    public void connectionMade(SubprocessTransport transport) {
        this.transport = transport;
        log.add("made");
    }

    @Override
    public void pipeDataReceived(int fd, byte[] data) {
        log.add("data " + fd + " " + new String(data, StandardCharsets.UTF_8).trim());
    }

    @Override
    public void pipeConnectionLost(int fd, @Nullable Throwable exception) {
        log.add("lost " + fd
                + (exception == null ? "" : " " + exception.getClass().getSimpleName()));
    }

    @Override
    public void processExited() {
        log.add("exited " + transport.getReturnCode());
    }

    @Override
    public void pauseWriting() {
        log.add("pause");
    }

    @Override
    public void resumeWriting() {
        log.add("resume");
    }

    @Override
    public void connectionLost(@Nullable Throwable exception) {
        log.add("connection lost" + (exception == null ? "" : " " + exception));
        over.setResult(null);
    }
}
