package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;

import dev.asyncio.Asyncio;
import dev.asyncio.KeyboardInterrupt;
import dev.asyncio.streams.Server;
import dev.asyncio.streams.StreamReader;
import dev.asyncio.streams.StreamWriter;
import dev.asyncio.streams.Streams;
import java.io.IOException;
import java.util.List;

/** Sends back whatever a client sends, until Ctrl-C. {@code --port N} is where; 0 for any port. */
public final class EchoServer {
    private EchoServer() {}

    public static void main(String[] args) {
        int option = List.of(args).indexOf("--port");
        int port = option < 0 ? 8888 : Integer.parseInt(args[option + 1]);
        try {
            Asyncio.run(() -> serve(port));
        } catch (KeyboardInterrupt e) {
            System.out.println("stopped");
        }
    }

    // @start region="echo-server"
    static void serve(int port) {
        Server server = await(Streams.startServer(EchoServer::echo, "127.0.0.1", port));
        System.out.println("listening on 127.0.0.1:" + server.port());
        await(server.serveForever());
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
