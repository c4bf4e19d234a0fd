package dev.asyncio.samples;

import static dev.asyncio.Asyncio.asCompleted;
import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;

import dev.asyncio.Asyncio;
import dev.asyncio.Coroutine;
import dev.asyncio.Task;
import dev.asyncio.samples.cli.Options;
import dev.asyncio.sync.Semaphore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/**
 * Fetches 100 pages at once, but no more than 10 at a time. {@code --port N} is where a {@link HelloServer} listens.
 */
public final class FetchPages {
    private FetchPages() {}

    public static void main(String[] args) {
        URI server = URI.create("http://127.0.0.1:" + Options.port(args, 8080));
        Asyncio.run(() -> main(server));
    }

    // @start region="fetch-pages"
    static void main(URI server) {
        HttpClient client = HttpClient.newHttpClient();
        Semaphore limit = new Semaphore(10);
        List<Task<Integer>> pages = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            URI page = server.resolve("/page-" + i);
            pages.add(createTask(() -> await(limit.hold(() -> fetch(client, page)))));
        }
        int fetched = 0;
        int characters = 0;
        try {
            for (Coroutine<Integer> next : asCompleted(pages)) {
                characters += await(next);
                System.out.print("\r" + ++fetched + " of " + pages.size() + " pages");
            }
        } finally {
            pages.forEach(Task::cancel); // if one fails, the others are of no use
        }
        System.out.println(", " + characters + " characters");
    }

    static int fetch(HttpClient client, URI page) {
        HttpRequest request = HttpRequest.newBuilder(page).build();
        return await(client.sendAsync(request, BodyHandlers.ofString())).body().length();
    }
    // @end
}
