package dev.asyncio.benchmarks.io;

import static dev.asyncio.Asyncio.await;

import dev.asyncio.Coroutine;
import dev.asyncio.streams.Server;
import dev.asyncio.streams.ServerOptions;
import dev.asyncio.streams.StreamReader;
import dev.asyncio.streams.StreamWriter;
import dev.asyncio.streams.Streams;

/** The echo server over streams as straight-line Java code. */
final class EchoBodies {
    private static final int READ_SIZE = 65536;

    private EchoBodies() {}

    static Coroutine<Server> start(ServerOptions options) {
        return Streams.startServer(EchoBodies::echo, "127.0.0.1", 0, options);
    }

    private static void echo(StreamReader reader, StreamWriter writer) {
        byte[] data;
        while ((data = await(reader.read(READ_SIZE))).length > 0) {
            writer.write(data);
            await(writer.drain());
        }
        writer.close();
    }
}
