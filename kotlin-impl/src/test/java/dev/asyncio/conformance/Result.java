package dev.asyncio.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run gave: a trace, outcomes and an end, or what kept it from giving them. */
final class Result {
    private final List<Object> trace;
    private final List<Object> outcomes;
    private final String end;
    private final String error;
    private final boolean timeout;

    private Result(List<Object> trace, List<Object> outcomes, String end, String error, boolean timeout) {
        this.trace = trace;
        this.outcomes = outcomes;
        this.end = end;
        this.error = error;
        this.timeout = timeout;
    }

    static Result of(List<Object> trace, List<Object> outcomes, String end) {
        return new Result(trace, outcomes, end, null, false);
    }

    static Result failed(String error) {
        return new Result(List.of(), List.of(), "error", error, false);
    }

    static Result timedOut(String error) {
        return new Result(List.of(), List.of(), "error", error, true);
    }

    static Result expected(Node expect) {
        return of(expect.values("trace"), expect.values("outcomes"), expect.text("end"));
    }

    List<Object> trace() {
        return trace;
    }

    List<Object> outcomes() {
        return outcomes;
    }

    String end() {
        return end;
    }

    /** Why there is no result; null if there is one. */
    String error() {
        return error;
    }

    /** Whether the run hung. */
    boolean isTimeout() {
        return timeout;
    }

    /** The line of a result file. */
    String toJson(String id) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", id);
        if (error != null) {
            line.put("error", error);
        } else {
            line.put("trace", trace);
            line.put("outcomes", outcomes);
            line.put("end", end);
        }
        return Json.write(line);
    }
}
