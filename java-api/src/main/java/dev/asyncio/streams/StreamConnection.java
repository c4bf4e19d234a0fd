package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;
import java.util.Objects;

/** Both directions of a connection: the pair that asyncio's {@code open_connection} gives. */
@NotOnAndroid
public final class StreamConnection implements AutoCloseable {
    private final StreamReader reader;
    private final StreamWriter writer;

    /**
     * A pair.
     *
     * @param reader what comes
     * @param writer what goes
     */
    public StreamConnection(StreamReader reader, StreamWriter writer) {
        this.reader = Objects.requireNonNull(reader, "reader");
        this.writer = Objects.requireNonNull(writer, "writer");
    }

    /**
     * For what comes.
     *
     * @return the reader
     */
    public StreamReader reader() {
        return reader;
    }

    /**
     * For what goes.
     *
     * @return the writer
     */
    public StreamWriter writer() {
        return writer;
    }

    /** Closes the writer, and with it the connection; {@link StreamWriter#waitClosed()} waits for the end. */
    @Override
    public void close() {
        writer.close();
    }

    @Override
    public String toString() {
        return "<StreamConnection " + reader + " " + writer + ">";
    }
}
