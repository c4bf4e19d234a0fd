package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.timeout;

import dev.asyncio.Asyncio;
import dev.asyncio.Coroutine;
import dev.asyncio.TimeoutException;
import dev.asyncio.samples.cli.Options;
import dev.asyncio.streams.StreamConnection;
import dev.asyncio.streams.Streams;
import dev.asyncio.sync.Semaphore;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells which ports of a host are open, trying some of them at a time. {@code --host NAME}, {@code --from PORT},
 * {@code --to PORT}, {@code --at-a-time N}. To be pointed at hosts of one's own.
 */
public final class PortScanner {
    private final String host;
    private final int from;
    private final int to;
    private final Semaphore free;
    private final List<Integer> open = new ArrayList<>();
    private int tried;

    private PortScanner(String host, int from, int to, int atATime) {
        this.host = host;
        this.from = from;
        this.to = to;
        this.free = new Semaphore(atATime);
    }

    public static void main(String[] args) {
        Options options = new Options(args, "--host", "--from", "--to", "--at-a-time");
        String host = options.text("--host", "127.0.0.1");
        int from = options.number("--from", 1, 1, 65_535);
        int to = options.number("--to", 1024, 1, 65_535);
        int atATime = options.number("--at-a-time", 100, 1, 1000);
        Asyncio.run(() -> new PortScanner(host, from, to, atATime).scan());
    }

    // @start region="port-scanner"
    private void scan() {
        List<Coroutine<Void>> probes = new ArrayList<>();
        for (int port = from; port <= to; port++) {
            int candidate = port;
            probes.add(free.hold(() -> probe(candidate)));
        }
        await(gather(probes));
        System.out.println("open ports of " + host + ": " + open);
    }

    private void probe(int port) throws UnknownHostException {
        try {
            StreamConnection connection =
                    await(timeout(Duration.ofSeconds(2), Streams.openConnection(host, port)), IOException.class);
            connection.close();
            open.add(port);
        } catch (UnknownHostException e) {
            throw e; // so it is for every port
        } catch (IOException | TimeoutException e) {
            // closed, or behind a wall
        }
        tried++;
        if (tried % 100 == 0) {
            System.out.println("tried " + tried + " of " + (to - from + 1) + " ports, " + open.size() + " open");
        }
    }
    // @end
}
