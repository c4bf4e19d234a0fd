package dev.asyncio.conformance;

import dev.asyncio.EventLoop;
import dev.asyncio.Future;
import dev.asyncio.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The events of a run, each {@code [now, label, value]}, and how values are shown in them. */
public final class Trace {
    /** That of the reference: a program that logs more goes round in circles. */
    private static final int MAX_EVENTS = 3000;

    private final EventLoop loop;
    private final Variables variables;
    private final List<Object> events = new ArrayList<>();
    // Bodies that are parked when the loop is closed may be unwound on any thread.
    private volatile boolean closed;

    Trace(EventLoop loop, Variables variables) {
        this.loop = loop;
        this.variables = variables;
    }

    List<Object> events() {
        return events;
    }

    /** The run is over: bodies that are unwound from here on leave no trace. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    public void log(String label, Object value) {
        if (closed) {
            return;
        }
        if (events.size() >= MAX_EVENTS) {
            throw new ProgramFault("more than " + MAX_EVENTS + " events");
        }
        events.add(Arrays.asList(millis(loop.time()), label, render(value)));
    }

    /** Logs {@code value} if the statement has a label. */
    public void logLabelled(Node statement, Object value) {
        if (statement.isSet("label")) {
            log(statement.text("label"), value);
        }
    }

    Object render(Object value) {
        if (value == null || value instanceof Boolean || value instanceof String || value instanceof Long) {
            return value;
        }
        if (value instanceof Integer) {
            return ((Integer) value).longValue();
        }
        if (value instanceof Duration) {
            return millis((Duration) value);
        }
        if (value instanceof List) {
            List<Object> rendered = new ArrayList<>();
            for (Object element : (List<?>) value) {
                rendered.add(render(element));
            }
            return rendered;
        }
        if (value instanceof Outcome) {
            Outcome<?> outcome = (Outcome<?>) value;
            return outcome.isSuccess() ? render(outcome.value()) : Errors.render(outcome.exception());
        }
        if (value instanceof Throwable) {
            return Errors.render((Throwable) value);
        }
        String name = value instanceof Future ? variables.nameOf(value) : null;
        return name == null ? "<object>" : "<" + name + ">";
    }

    /** The state of a future as {@code [status, value]}. */
    List<Object> state(Future<?> future) {
        if (!future.done()) {
            return Arrays.asList("pending", null);
        }
        if (future.cancelled()) {
            return Arrays.asList("cancelled", null);
        }
        Throwable error = future.exception();
        if (error != null) {
            return Arrays.asList("raised", Errors.render(error));
        }
        return Arrays.asList("returned", render(future.result()));
    }

    /** Every time of a program is a whole number of milliseconds, and the virtual clock must keep it so. */
    private static long millis(Duration time) {
        long millis = time.toMillis();
        if (!Duration.ofMillis(millis).equals(time)) {
            throw new ProgramFault("a time that is no whole number of milliseconds: " + time);
        }
        return millis;
    }
}
