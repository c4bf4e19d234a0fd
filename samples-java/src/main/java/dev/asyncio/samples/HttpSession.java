package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.timeout;

import dev.asyncio.Asyncio;
import dev.asyncio.TimeoutException;
import dev.asyncio.samples.cli.Options;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * aiohttp's client with the JDK's: status, text, JSON, and a limit of time that gives up the exchange.
 * {@code --port N} is where a {@link HelloServer} listens.
 */
public final class HttpSession {
    private HttpSession() {}

    public static void main(String[] args) {
        URI server = URI.create("http://127.0.0.1:" + Options.port(args, 8080));
        Asyncio.run(() -> main(server));
    }

    // @start region="http-session"
    static void main(URI server) {
        HttpClient session = HttpClient.newHttpClient();

        HttpRequest get = HttpRequest.newBuilder(server.resolve("/Ann")).build();
        HttpResponse<String> page = await(session.sendAsync(get, BodyHandlers.ofString()));
        System.out.println("status " + page.statusCode() + ": " + page.body());

        HttpRequest post = HttpRequest.newBuilder(server.resolve("/greeting"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        new JsonObject().put("name", "Bob").encode()))
                .build();
        HttpResponse<String> answer = await(session.sendAsync(post, BodyHandlers.ofString()));
        System.out.println("greeting: " + new JsonObject(answer.body()).getString("greeting"));

        HttpRequest slow = HttpRequest.newBuilder(server.resolve("/count/1000")).build();
        try {
            await(timeout(Duration.ofSeconds(1), () -> await(session.sendAsync(slow, BodyHandlers.ofString()))));
        } catch (TimeoutException e) {
            System.out.println("timeout: the connection is closed, and the server knows");
        }
    }
    // @end
}
