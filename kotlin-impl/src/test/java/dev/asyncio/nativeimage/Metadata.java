package dev.asyncio.nativeimage;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The reachability metadata that the engine's jar carries for GraalVM's native-image. */
final class Metadata {
    private static final String FILE =
            "/META-INF/native-image/dev.asyncio/asyncio-kotlin-impl/reachability-metadata.json";

    /** A method or constructor, or a field if there are no parameters to speak of. */
    static final class Member {
        final String type;
        final String name;
        final List<String> parameters;

        private Member(String type, String name, List<String> parameters) {
            this.type = type;
            this.name = name;
            this.parameters = parameters;
        }

        boolean isField() {
            return parameters == null;
        }

        @Override
        public String toString() {
            return type + "." + name + (isField() ? "" : parameters);
        }
    }

    private final JsonObject json;

    private Metadata(JsonObject json) {
        this.json = json;
    }

    static Metadata read() throws IOException {
        try (InputStream file = Metadata.class.getResourceAsStream(FILE);
                Reader text = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            return new Metadata(JsonParser.parseReader(text).getAsJsonObject());
        }
    }

    /** All classes and members, by their simple names: what a look-up by name can ask for. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(types());
        members().forEach(member -> names.add(member.name));
        return names;
    }

    Set<String> types() {
        Set<String> types = new LinkedHashSet<>();
        for (JsonElement entry : json.getAsJsonArray("reflection")) {
            types.add(entry.getAsJsonObject().get("type").getAsString());
        }
        return types;
    }

    List<Member> members() {
        List<Member> members = new ArrayList<>();
        for (JsonElement element : json.getAsJsonArray("reflection")) {
            JsonObject entry = element.getAsJsonObject();
            String type = entry.get("type").getAsString();
            for (JsonElement method : arrayOf(entry, "methods")) {
                List<String> parameters = new ArrayList<>();
                arrayOf(method.getAsJsonObject(), "parameterTypes").forEach(p -> parameters.add(p.getAsString()));
                members.add(new Member(type, nameOf(method), parameters));
            }
            for (JsonElement field : arrayOf(entry, "fields")) {
                members.add(new Member(type, nameOf(field), null));
            }
        }
        return members;
    }

    /** Names of single resources: there are no patterns among them. */
    List<String> resources() {
        List<String> resources = new ArrayList<>();
        for (JsonElement entry : json.getAsJsonArray("resources")) {
            resources.add(entry.getAsJsonObject().get("glob").getAsString());
        }
        return resources;
    }

    private static JsonArray arrayOf(JsonObject entry, String key) {
        return entry.has(key) ? entry.getAsJsonArray(key) : new JsonArray();
    }

    private static String nameOf(JsonElement member) {
        return member.getAsJsonObject().get("name").getAsString();
    }
}
