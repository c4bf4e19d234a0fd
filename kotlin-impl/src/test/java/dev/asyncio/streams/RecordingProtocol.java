package dev.asyncio.streams;

import dev.asyncio.Asyncio;
import dev.asyncio.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes what its transport tells it. Made on a running loop. */
class RecordingProtocol implements Protocol {
    final List<String> log = new ArrayList<>();
    final Future<Throwable> lost = Asyncio.getRunningLoop().createFuture();
    final Future<Transport> made = Asyncio.getRunningLoop().createFuture();
    Transport transport;
    boolean staysOpenAtEof;
    int received;

    @Override
    public void connectionMade(Transport transport) {
        this.transport = transport;
        log.add("made");
        made.setResult(transport);
    }

    @Override
    public void dataReceived(byte[] data) {
        received += data.length;
        log.add("data " + (data.length < 20 ? new String(data) : data.length + " bytes"));
    }

    @Override
    public boolean eofReceived() {
        log.add("eof");
        return staysOpenAtEof;
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
        log.add(exception == null ? "lost" : "lost " + exception.getMessage());
        lost.setResult(exception);
    }
}
