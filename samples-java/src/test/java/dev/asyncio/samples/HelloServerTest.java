package dev.asyncio.samples;

import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The HTTP server in a process of its own, and the JDK's client. */
class HelloServerTest {
    private Running server;
    private URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws Exception {
        server = new Running("HelloServer", "--port", "0");
        address = server.address();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).build();
    }

    private String text(String path) throws Exception {
        return client.send(get(path), BodyHandlers.ofString()).body();
    }

    @Test
    void greetsByName() throws Exception {
        assertEquals("Hello, Anonymous", text("/"));
        assertEquals("Hello, Ann B", text("/Ann%20B"));
        HttpResponse<String> markup = client.send(get("/%3Cb%3E"), BodyHandlers.ofString());
        assertEquals(
                "text/plain; charset=utf-8",
                markup.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void takesAndGivesJsonInATaskOfTheLoop() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(address.resolve("/greeting"))
                .POST(BodyPublishers.ofString("{\"name\": \"Bob\"}"))
                .build();
        JsonObject answer =
                new JsonObject(client.send(post, BodyHandlers.ofString()).body());
        assertEquals("Hello, Bob", answer.getString("greeting"));
        assertTrue(answer.getString("task").matches("Task-\\d+"), answer::toString);
    }

    @Test
    void streamsAnAnswer() throws Exception {
        assertEquals(
                List.of("1", "2", "3"),
                client.send(get("/count/3"), BodyHandlers.ofLines()).body().collect(toList()));
    }

    @Test
    void countsToNumbersOnly() throws Exception {
        assertEquals(
                404, client.send(get("/count/abc"), BodyHandlers.discarding()).statusCode());
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void cancelsTheTaskOfAClientThatGoesAway(HttpClient.Version version) throws Exception {
        HttpClient leaving = HttpClient.newBuilder().version(version).build();
        HttpResponse<InputStream> answer = leaving.send(get("/count/1000000"), BodyHandlers.ofInputStream());
        assertEquals('1', answer.body().read());
        assertEquals(version, answer.version());
        answer.body().close();
        assertEquals("count: the client went away", server.nextLine());
    }

    @Test
    void echoesOverAWebSocket() throws Exception {
        Listener listener = new Listener();
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + address.getPort() + "/echo"), listener)
                .get();
        for (String message : List.of("one", "two", "three")) {
            socket.sendText(message, true).get();
            assertEquals(message, listener.next());
        }
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get();
        assertEquals("closed", listener.next());
    }

    @Test
    void onTermItTakesNoMoreRequestsAndFinishesThoseThatItHas() throws Exception {
        // Over HTTP/2 the client of JDK 17 drops its streams when the server says that it will go away.
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpResponse<InputStream> answer = client.send(get("/count/10"), BodyHandlers.ofInputStream());
        try (BufferedReader counted =
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertEquals("1", counted.readLine());
            server.signal("TERM");
            assertEquals(
                    IntStream.rangeClosed(2, 10).mapToObj(Integer::toString).collect(toList()),
                    counted.lines().collect(toList()));
        }
        assertEquals("stopped", server.nextLine());
        assertNull(server.nextLine());
        assertThrows(ConnectException.class, () -> HttpClient.newHttpClient().send(get("/"), BodyHandlers.ofString()));
    }

    private static final class Listener implements WebSocket.Listener {
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

        String next() throws InterruptedException {
            return events.poll(1, TimeUnit.MINUTES);
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            events.add(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            events.add("closed");
            return null;
        }
    }
}
