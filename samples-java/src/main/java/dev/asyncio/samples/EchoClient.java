package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;

import dev.asyncio.Asyncio;
import dev.asyncio.samples.cli.Options;
import dev.asyncio.streams.StreamConnection;
import dev.asyncio.streams.Streams;
import java.nio.charset.StandardCharsets;

/** Sends a line to an echo server and prints what comes back. {@code --port N} is where the server listens. */
public final class EchoClient {
    private EchoClient() {}

    public static void main(String[] args) {
        int port = Options.port(args, 8888);
        Asyncio.run(() -> echo(port, "Hello World!"));
    }

    // @start region="echo-client"
    static void echo(int port, String message) {
        try (StreamConnection connection = await(Streams.openConnection("127.0.0.1", port))) {
            System.out.println("send: " + message);
            connection.writer().write(message + "\n");
            await(connection.writer().drain());

            String answer = await(connection.reader().readLine(StandardCharsets.UTF_8));
            System.out.println("received: " + answer.strip());
        }
        System.out.println("closed the connection");
    }
    // @end
}
