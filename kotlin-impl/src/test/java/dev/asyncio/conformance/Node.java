package dev.asyncio.conformance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON object of a program: a statement, an awaitable or an except clause.
 *
 * <p>Values are {@code Node}, {@code List}, {@code Long}, {@code String}, {@code Boolean} or null: integers are always
 * {@code Long}, so that {@code equals} on whole trees is the comparison of two results.
 */
public final class Node {
    private final Map<String, Object> fields;

    private Node(Map<String, Object> fields) {
        this.fields = fields;
    }

    public static Node parse(String json) {
        return (Node) value(JsonParser.parseString(json));
    }

    private static Object value(JsonElement element) {
        if (element.isJsonNull()) {
            return null;
        }
        if (element.isJsonObject()) {
            return new Node(fieldsOf(element.getAsJsonObject()));
        }
        if (element.isJsonArray()) {
            return listOf(element.getAsJsonArray());
        }
        JsonPrimitive scalar = element.getAsJsonPrimitive();
        if (scalar.isBoolean()) {
            return scalar.getAsBoolean();
        }
        return scalar.isNumber() ? (Object) Long.valueOf(scalar.getAsString()) : scalar.getAsString();
    }

    private static Map<String, Object> fieldsOf(JsonObject object) {
        Map<String, Object> fields = new LinkedHashMap<>();
        object.entrySet().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
        return fields;
    }

    private static List<Object> listOf(JsonArray array) {
        List<Object> list = new ArrayList<>(array.size());
        array.forEach(element -> list.add(value(element)));
        return Collections.unmodifiableList(list);
    }

    public boolean has(String field) {
        return fields.containsKey(field);
    }

    /** The value as it is; null if it is null or missing. */
    public Object get(String field) {
        return fields.get(field);
    }

    /** True where the field is there and is not null. */
    public boolean isSet(String field) {
        return fields.get(field) != null;
    }

    public String text(String field) {
        return (String) required(field);
    }

    public String textOr(String field, String otherwise) {
        return isSet(field) ? text(field) : otherwise;
    }

    public long number(String field) {
        return (Long) required(field);
    }

    public long numberOr(String field, long otherwise) {
        return isSet(field) ? number(field) : otherwise;
    }

    public boolean flag(String field) {
        return Boolean.TRUE.equals(fields.get(field));
    }

    public Node node(String field) {
        return (Node) required(field);
    }

    /** A list of statements, clauses or awaitables; empty if it is missing. */
    @SuppressWarnings("unchecked")
    public List<Node> nodes(String field) {
        return isSet(field) ? (List<Node>) fields.get(field) : List.of();
    }

    @SuppressWarnings("unchecked")
    public List<String> texts(String field) {
        return (List<String>) required(field);
    }

    @SuppressWarnings("unchecked")
    public List<Object> values(String field) {
        return (List<Object>) required(field);
    }

    private Object required(String field) {
        Object value = fields.get(field);
        if (value == null) {
            throw new ProgramFault("no " + field + " in " + this);
        }
        return value;
    }

    /** How many statements there are in this tree. */
    public int countStatements() {
        return (has("op") ? 1 : 0) + countIn(fields.values());
    }

    private static int countIn(Iterable<?> values) {
        int count = 0;
        for (Object value : values) {
            if (value instanceof Node) {
                count += ((Node) value).countStatements();
            } else if (value instanceof List) {
                count += countIn((List<?>) value);
            }
        }
        return count;
    }

    /** Adds every text that stands in one of these fields, anywhere in this tree. */
    void collectTexts(Set<String> texts, List<String> ofFields) {
        fields.forEach((name, value) -> {
            if (value instanceof String && ofFields.contains(name)) {
                texts.add((String) value);
            }
        });
        collectTexts(fields.values(), texts, ofFields);
    }

    private static void collectTexts(Iterable<?> values, Set<String> texts, List<String> ofFields) {
        for (Object value : values) {
            if (value instanceof Node) {
                ((Node) value).collectTexts(texts, ofFields);
            } else if (value instanceof List) {
                collectTexts((List<?>) value, texts, ofFields);
            }
        }
    }

    @Override
    public String toString() {
        return Json.write(fields);
    }

    Map<String, Object> fields() {
        return Collections.unmodifiableMap(fields);
    }
}
