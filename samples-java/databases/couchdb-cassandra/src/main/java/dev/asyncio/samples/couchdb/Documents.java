package dev.asyncio.samples.couchdb;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.coroutine;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.asyncio.Coroutine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes documents, one at a time and in bulk, and reads them at the same time. */
public final class Documents {
    private Documents() {}

    /** Takes the address of a CouchDB server. */
    public static void main(String[] args) throws IOException {
        run(() -> main(args[0]), IOException.class);
    }

    // @start region="main"
    static void main(String address) throws IOException {
        CouchDb couch = new CouchDb(address);
        couch.put("zoo", new JsonObject());

        String revision = couch.put("zoo/bear", animal(null, 4)).get("rev").getAsString();
        System.out.println("the bear is at " + revision.split("-")[0]);
        try {
            couch.put("zoo/bear", animal(null, 2));
        } catch (IOException e) {
            System.out.println("one has to say which bear: " + e.getMessage().contains("conflict"));
        }

        JsonArray birds = new JsonArray();
        for (String name : List.of("crow", "duck", "emu")) {
            birds.add(animal(name, 2));
        }
        JsonObject bulk = new JsonObject();
        bulk.add("docs", birds);
        System.out.println(couch.post("zoo/_bulk_docs", bulk).getAsJsonArray().size() + " birds came in one request");

        List<Coroutine<Integer>> reads = new ArrayList<>();
        for (String name : List.of("bear", "crow", "duck", "emu")) {
            reads.add(coroutine(() -> couch.get("zoo/" + name).get("legs").getAsInt()));
        }
        System.out.println("legs: " + await(gather(reads)));
        couch.delete("zoo");
    }

    private static JsonObject animal(String id, int legs) {
        JsonObject animal = new JsonObject();
        if (id != null) {
            animal.addProperty("_id", id);
        }
        animal.addProperty("legs", legs);
        return animal;
    }
    // @end
}
