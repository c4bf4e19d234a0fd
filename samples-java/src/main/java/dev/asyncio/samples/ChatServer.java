package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.gatherOutcomes;
import static dev.asyncio.Asyncio.getRunningLoop;
import static java.util.stream.Collectors.toList;

import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.KeyboardInterrupt;
import dev.asyncio.samples.cli.Options;
import dev.asyncio.streams.Server;
import dev.asyncio.streams.StreamReader;
import dev.asyncio.streams.StreamWriter;
import dev.asyncio.streams.Streams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everybody reads what anybody writes; a client's first line is its name. {@code --port N} is where; 0 for any port. The
 * tasks share a map and need no lock: between two awaits nobody else runs.
 */
public final class ChatServer {
    private final Map<String, StreamWriter> guests = new LinkedHashMap<>();

    private ChatServer() {}

    public static void main(String[] args) {
        int port = Options.port(args, 8888);
        try {
            Asyncio.run(() -> new ChatServer().serve(port));
        } catch (KeyboardInterrupt | CancelledError e) { // Ctrl-C, SIGTERM
            System.out.println("stopped");
        }
    }

    private void serve(int port) {
        Server server = await(Streams.startServer(this::welcome, "127.0.0.1", port));
        System.out.println("listening on 127.0.0.1:" + server.port());
        try (server) {
            await(getRunningLoop().createFuture()); // serveForever would wait for the clients before it ends
        }
    }

    // @start region="chat"
    private void welcome(StreamReader reader, StreamWriter writer) {
        String name = null;
        try (writer) {
            writer.write("Your name?\n");
            name = await(reader.readLine(StandardCharsets.UTF_8), IOException.class)
                    .strip();
            if (name.isEmpty() || guests.putIfAbsent(name, writer) != null) {
                writer.write("Sorry, that name is taken.\n");
                name = null;
                return;
            }
            tellAll(name + " is here, which makes " + guests.size());
            String speaker = name;
            await(
                    reader.lines(StandardCharsets.UTF_8).forEach(line -> tellAll(speaker + ": " + line)),
                    IOException.class);
        } catch (IOException | IllegalArgumentException e) { // the latter for a line that is too long
            System.out.println("lost a guest: " + e.getMessage());
        } finally {
            if (name != null) {
                guests.remove(name);
                tellAll(name + " has left");
            }
        }
    }

    private void tellAll(String message) {
        for (StreamWriter guest : guests.values()) {
            guest.write(message + "\n");
        }
        // One who is lost is told to its own task; one who reads slowly holds up whoever speaks.
        await(gatherOutcomes(guests.values().stream().map(StreamWriter::drain).collect(toList())));
    }
    // @end
}
