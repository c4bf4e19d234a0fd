package dev.asyncio.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The HTTP clients, each in a process of its own, and servers. */
class HttpClientSamplesTest {
    @Test
    void aSessionThatGivesUpFreesTheConnection() throws Exception {
        try (Running server = new Running("HelloServer", "--port", "0")) {
            String port = Integer.toString(server.port());
            try (Running client = new Running("HttpSession", "--port", port)) {
                assertEquals("status 200: Hello, Ann", client.nextLine());
                assertEquals("greeting: Hello, Bob", client.nextLine());
                assertEquals("timeout: the connection is closed, and the server knows", client.printed());
            }
            assertEquals("count: the client went away", server.nextLine());
        }
    }

    @Test
    void updatesAreReadAsTheyCome() throws Exception {
        try (Running server = new Running("HelloServer", "--port", "0");
                Running client = new Running("WebSocketUpdates", "--port", Integer.toString(server.port()))) {
            assertEquals("update 1\nupdate 2\nupdate 3\nupdate 4\nupdate 5", client.printed());
        }
    }

    @Test
    void aHundredPagesAreFetchedTenAtATime() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier ten = new CyclicBarrier(10); // no page comes before ten are asked for
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                ten.await(1, TimeUnit.MINUTES);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            now.decrementAndGet();
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("12345".getBytes());
            exchange.close();
        });
        server.start();
        try (Running client = new Running(
                "FetchPages", "--port", Integer.toString(server.getAddress().getPort()))) {
            String printed = client.printed();
            assertTrue(printed.startsWith("\n1 of 100 pages\n2 of 100 pages\n"), printed);
            assertTrue(printed.endsWith("\n100 of 100 pages, 500 characters"), printed);
            assertEquals(10, most.get());
        } finally {
            server.stop(0);
            threads.shutdown();
        }
    }
}
