package dev.asyncio.conformance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;

/** Writes trees of {@link Node}, maps, lists and scalars. */
final class Json {
    private Json() {}

    static String write(Object value) {
        return element(value).toString();
    }

    private static JsonElement element(Object value) {
        if (value == null) {
            return JsonNull.INSTANCE;
        }
        if (value instanceof Node) {
            return element(((Node) value).fields());
        }
        if (value instanceof Map) {
            JsonObject object = new JsonObject();
            ((Map<?, ?>) value).forEach((name, field) -> object.add((String) name, element(field)));
            return object;
        }
        if (value instanceof List) {
            JsonArray array = new JsonArray();
            ((List<?>) value).forEach(item -> array.add(element(item)));
            return array;
        }
        if (value instanceof Boolean) {
            return new JsonPrimitive((Boolean) value);
        }
        return value instanceof Number ? new JsonPrimitive((Number) value) : new JsonPrimitive((String) value);
    }
}
