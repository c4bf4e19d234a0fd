package dev.asyncio.streams;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.coroutine;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.asyncio.Asyncio;
import dev.asyncio.EventLoop;
import dev.asyncio.support.Descriptors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Connections that are on their way when their loop is closed. */
class ClosedLoopTest {
    @Test
    void whatAServerHasAcceptedAndNotConnectedYetIsClosed() throws IOException {
        EventLoop loop = Asyncio.newEventLoop();
        Server server = loop.runUntilComplete(Streams.startServer((reader, writer) -> {}, "127.0.0.1", 0));
        try (Socket client = new Socket()) {
            loop.runUntilComplete(coroutine(
                    () -> client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()))));
            loop.close();
            client.setSoTimeout(60_000);
            assertEquals(-1, client.getInputStream().read());
        }
    }

    @Test
    void aPendingConnectionIsClosed() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var before = Descriptors.of("socket:");
            for (int iterations = 0; iterations < 4; iterations++) {
                EventLoop loop = Asyncio.newEventLoop();
                loop.setExceptionHandler((where, report) -> {}); // told of the task that is pending
                int count = iterations;
                loop.runUntilComplete(() -> {
                    createTask(Streams.openConnection("127.0.0.1", server.getLocalPort()));
                    for (int i = 0; i < count; i++) {
                        await(sleep(Duration.ZERO));
                    }
                });
                loop.close();
                assertEquals(before, Descriptors.of("socket:"), "after " + iterations + " iterations");
            }
        }
    }
}
