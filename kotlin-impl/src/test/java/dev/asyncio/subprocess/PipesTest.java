package dev.asyncio.subprocess;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.getRunningLoop;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.Asyncio;
import dev.asyncio.Future;
import dev.asyncio.streams.Endpoint;
import dev.asyncio.streams.Protocol;
import dev.asyncio.streams.Transport;
import dev.asyncio.support.AsyncioLog;
import dev.asyncio.support.Runs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Streams that block, connected to a loop. */
class PipesTest {
    /** Collects what it gets. */
    private static class Collecting implements Protocol {
        final List<String> log = new ArrayList<>();
        final ByteArrayOutputStream data = new ByteArrayOutputStream();
        final Future<Throwable> lost = Asyncio.getRunningLoop().createFuture();

        @Override
        public void connectionMade(Transport transport) {
            log.add("made");
        }

        @Override
        public void dataReceived(byte[] bytes) {
            data.writeBytes(bytes);
        }

        @Override
        public boolean eofReceived() {
            log.add("eof");
            return false;
        }

        @Override
        public void connectionLost(@Nullable Throwable exception) {
            log.add("lost");
            lost.setResult(exception);
        }
    }

    @Test
    void aMegabyteGoesThroughAPipe() {
        byte[] sent = new byte[1_000_000];
        new Random(1).nextBytes(sent);
        Runs.real(() -> {
            Pipe pipe = Pipe.open();
            Endpoint<Transport, Collecting> reading =
                    await(getRunningLoop().connectReadPipe(Collecting::new, Channels.newInputStream(pipe.source())));
            Endpoint<Transport, Collecting> writing =
                    await(getRunningLoop().connectWritePipe(Collecting::new, Channels.newOutputStream(pipe.sink())));
            writing.transport().write(sent);
            writing.transport().close();
            assertEquals(null, await(writing.protocol().lost));
            assertEquals(null, await(reading.protocol().lost));
            assertArrayEquals(sent, reading.protocol().data.toByteArray());
            assertEquals(List.of("made", "eof", "lost"), reading.protocol().log);
            assertEquals(List.of("made", "lost"), writing.protocol().log);
        });
    }

    @Test
    void streamsThatDoNotBlockWillDo() {
        Runs.real(() -> {
            InputStream in = new ByteArrayInputStream("some text".getBytes());
            Collecting reading =
                    await(getRunningLoop().connectReadPipe(Collecting::new, in)).protocol();
            await(reading.lost);
            assertEquals("some text", reading.data.toString());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Endpoint<Transport, Collecting> writing = await(getRunningLoop().connectWritePipe(Collecting::new, out));
            assertSame(out, writing.transport().getExtraInfo("pipe"));
            writing.transport().writeLines(List.of("a".getBytes(), "b".getBytes()));
            writing.transport().writeEof();
            await(writing.protocol().lost);
            assertEquals("ab", out.toString());
        });
    }

    @Test
    void failuresEndTheConnection() {
        IOException failure = new IOException("the disk is on fire");
        Runs.real(() -> {
            InputStream in = new InputStream() {
                @Override
                public int read() throws IOException {
                    throw failure;
                }
            };
            assertSame(
                    failure,
                    await(await(getRunningLoop().connectReadPipe(Collecting::new, in))
                            .protocol()
                            .lost));
            OutputStream out = new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    throw failure;
                }
            };
            Endpoint<Transport, Collecting> writing = await(getRunningLoop().connectWritePipe(Collecting::new, out));
            writing.transport().write(new byte[10]);
            assertSame(failure, await(writing.protocol().lost));
            assertTrue(writing.transport().isClosing());
        });
    }

    @Test
    void errorsEndTheConnection() {
        AssertionError failure = new AssertionError("a bug of the stream");
        Runs.real(() -> {
            List<Throwable> reports = new ArrayList<>();
            getRunningLoop().setExceptionHandler((loop, context) -> reports.add(context.exception()));
            InputStream in = new InputStream() {
                @Override
                public int read() {
                    throw failure;
                }
            };
            assertSame(
                    failure,
                    await(await(getRunningLoop().connectReadPipe(Collecting::new, in))
                            .protocol()
                            .lost));
            OutputStream out = new OutputStream() {
                @Override
                public void write(int b) {
                    throw failure;
                }
            };
            Endpoint<Transport, Collecting> writing = await(getRunningLoop().connectWritePipe(Collecting::new, out));
            writing.transport().write(new byte[10]);
            assertSame(failure, await(writing.protocol().lost));
            assertEquals(List.of(failure, failure), reports);
        });
    }

    @Test
    void writingIsResumedWhenAllIsWritten() {
        class Paused extends Collecting {
            final Future<Integer> sizeAtResume = getRunningLoop().createFuture();
            Transport transport;

            @Override
            public void connectionMade(Transport transport) {
                this.transport = transport;
            }

            @Override
            public void resumeWriting() {
                sizeAtResume.setResult(transport.getWriteBufferSize());
            }
        }
        Runs.real(() -> {
            Endpoint<Transport, Paused> writing =
                    await(getRunningLoop().connectWritePipe(Paused::new, new ByteArrayOutputStream()));
            writing.transport().setWriteBufferLimits(200_000, 150_000);
            writing.transport().write(new byte[300_000]); // which takes several writes
            assertEquals(0, await(writing.protocol().sizeAtResume));
            writing.transport().close();
            await(writing.protocol().lost);
        });
    }

    @Test
    void theWriteThatFailsIsTheFirstLateOne() {
        Runs.real(() -> {
            OutputStream out = new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    throw new IOException("nobody listens");
                }
            };
            Endpoint<Transport, Collecting> writing = await(getRunningLoop().connectWritePipe(Collecting::new, out));
            writing.transport().write(new byte[1]);
            await(writing.protocol().lost);
            for (int i = 0; i < 5; i++) {
                writing.transport().write(new byte[1]);
            }
        });
        AsyncioLog.expect("what is written is dropped"); // and of the last one only
    }

    @Test
    void closingDropsWhatComesLater() {
        Runs.real(() -> {
            Pipe pipe = Pipe.open();
            Endpoint<Transport, Collecting> reading =
                    await(getRunningLoop().connectReadPipe(Collecting::new, Channels.newInputStream(pipe.source())));
            reading.transport().close();
            assertEquals(null, await(reading.protocol().lost));
            assertEquals(List.of("made", "lost"), reading.protocol().log);
            pipe.sink().close();
        });
    }
}
