package dev.asyncio.samples.couchdb;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.run;

import com.google.gson.JsonObject;
import dev.asyncio.Task;
import java.io.IOException;
import java.util.List;

/** A database's feed of changes as an asynchronous iteration. */
public final class Changes {
    private Changes() {}

    /** Takes the address of a CouchDB server. */
    public static void main(String[] args) throws IOException {
        run(() -> main(args[0]), IOException.class);
    }

    // @start region="main"
    static void main(String address) throws IOException {
        CouchDb couch = new CouchDb(address);
        couch.put("news", new JsonObject());
        Task<Void> reader = createTask(() -> await(couch.changes("news", "0")
                .take(3)
                .forEach(change -> System.out.println(
                        change.get("seq") + ": " + change.get("id").getAsString()))));
        for (String name : List.of("one", "two", "three")) {
            couch.put("news/" + name, new JsonObject());
        }
        await(reader);
        couch.delete("news");
    }
    // @end
}
