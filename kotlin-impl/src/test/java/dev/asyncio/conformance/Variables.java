package dev.asyncio.conformance;

import dev.asyncio.Asyncio;
import dev.asyncio.Future;
import dev.asyncio.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The one flat table of a run, in order of first assignment. */
public final class Variables {
    private final Map<String, Object> values = new LinkedHashMap<>();

    Variables() {}

    public void set(String name, Object value) {
        values.put(name, value);
    }

    public Object get(String name) {
        if (name.equals("self")) {
            Task<?> task = Asyncio.currentTask();
            if (task == null) {
                throw new ProgramFault("no current task");
            }
            return task;
        }
        Object value = values.get(name);
        if (value == null && !values.containsKey(name)) {
            throw new ProgramFault("unset variable " + name);
        }
        return value;
    }

    /** The variable {@code name}, which must hold a {@code type}. */
    public <T> T get(String name, Class<T> type) {
        Object value = get(name);
        if (!type.isInstance(value)) {
            throw new ProgramFault("not a " + type.getSimpleName() + ": " + name);
        }
        return type.cast(value);
    }

    @SuppressWarnings("unchecked")
    public Future<Object> future(String name) {
        return (Future<Object>) get(name, Future.class);
    }

    /** An expression of the language: a scalar, a list of expressions or {@code {"var": name}}. */
    public Object evaluate(Object expression) {
        if (expression instanceof Node) {
            return get(((Node) expression).text("var"));
        }
        if (expression instanceof List) {
            List<Object> list = new ArrayList<>();
            for (Object element : (List<?>) expression) {
                list.add(evaluate(element));
            }
            return list;
        }
        return expression;
    }

    /** The comparison of {@code if}, {@code while} and predicates. */
    public boolean test(Node comparison) {
        long left = get(comparison.text("var"), Long.class);
        long right = comparison.number("k");
        switch (comparison.text("cmp")) {
            case "==":
                return left == right;
            case "!=":
                return left != right;
            case "<":
                return left < right;
            case "<=":
                return left <= right;
            case ">":
                return left > right;
            case ">=":
                return left >= right;
            default:
                throw new ProgramFault("comparison " + comparison);
        }
    }

    /** The first variable that holds this object; null if none does. */
    String nameOf(Object value) {
        for (Map.Entry<String, Object> variable : values.entrySet()) {
            if (variable.getValue() == value) {
                return variable.getKey();
            }
        }
        return null;
    }
}
