package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.getRunningLoop;

import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.KeyboardInterrupt;
import dev.asyncio.samples.cli.Options;
import dev.asyncio.streams.Server;
import dev.asyncio.streams.StreamReader;
import dev.asyncio.streams.StreamWriter;
import dev.asyncio.streams.Streams;
import java.io.IOException;

/** Sends back whatever a client sends, until Ctrl-C. {@code --port N} is where; 0 for any port. */
public final class EchoServer {
    private EchoServer() {}

    public static void main(String[] args) {
        int port = Options.port(args, 8888);
        try {
            Asyncio.run(() -> serve(port));
        } catch (KeyboardInterrupt | CancelledError e) { // Ctrl-C, SIGTERM
            System.out.println("stopped");
        }
    }

    // @start region="echo-server"
    static void serve(int port) {
        Server server = await(Streams.startServer(EchoServer::echo, "127.0.0.1", port));
        System.out.println("listening on 127.0.0.1:" + server.port());
        try (server) {
            await(getRunningLoop().createFuture()); // serveForever would wait for the clients before it ends
        }
    }

    static void echo(StreamReader reader, StreamWriter writer) {
        try (writer) {
            byte[] data;
            while ((data = await(reader.read(4096), IOException.class)).length > 0) {
                writer.write(data);
                await(writer.drain(), IOException.class);
            }
        } catch (IOException e) {
            System.out.println("lost a client: " + e.getMessage());
        }
    }
    // @end
}
