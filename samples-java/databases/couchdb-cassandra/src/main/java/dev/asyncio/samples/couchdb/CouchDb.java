package dev.asyncio.samples.couchdb;

import static dev.asyncio.Asyncio.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.asyncio.AsyncIterator;
import dev.asyncio.AsyncIterators;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Flow;

/** CouchDB's protocol over the JDK's HTTP client. */
final class CouchDb {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;

    /** The address is one like {@code http://localhost:5984}. */
    CouchDb(String address) {
        server = URI.create(address + "/");
    }

    // @start region="requests"
    JsonObject get(String path) throws IOException {
        return send(request(path).GET());
    }

    JsonObject put(String path, JsonElement body) throws IOException {
        return send(request(path).PUT(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    JsonElement post(String path, JsonElement body) throws IOException {
        return exchange(request(path).POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    JsonObject delete(String path) throws IOException {
        return send(request(path).DELETE());
    }

    private JsonObject send(HttpRequest.Builder request) throws IOException {
        return exchange(request).getAsJsonObject();
    }

    private JsonElement exchange(HttpRequest.Builder request) throws IOException {
        HttpResponse<String> response =
                await(http.sendAsync(request.build(), BodyHandlers.ofString()), IOException.class);
        if (response.statusCode() >= 400) {
            throw new IOException(response.request().uri() + ": " + response.statusCode() + " " + response.body());
        }
        return JsonParser.parseString(response.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).header("Content-Type", "application/json");
    }
    // @end

    // @start region="changes"
    /** The changes of a database since the given one, and those to come. Closing it ends the request. */
    AsyncIterator<JsonObject> changes(String database, String since) {
        return AsyncIterators.generate(emitter -> {
            HttpRequest request = request(database + "/_changes?feed=continuous&heartbeat=1000&since=" + since)
                    .build();
            HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
                    await(http.sendAsync(request, BodyHandlers.ofPublisher()), IOException.class);
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            await(AsyncIterators.fromPublisher(response.body()).forEach(buffers -> {
                for (ByteBuffer buffer : buffers) {
                    while (buffer.hasRemaining()) {
                        byte next = buffer.get();
                        if (next != '\n') {
                            line.write(next);
                        } else if (line.size() > 0) { // a heartbeat is an empty line
                            emitter.emit(JsonParser.parseString(line.toString(StandardCharsets.UTF_8))
                                    .getAsJsonObject());
                            line.reset();
                        }
                    }
                }
            }));
        });
    }
    // @end
}
