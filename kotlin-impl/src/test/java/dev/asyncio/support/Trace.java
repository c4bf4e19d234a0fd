package dev.asyncio.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What happened, in the order in which it did. Loop thread only, or the test's own while no loop runs. */
public final class Trace {
    private final List<Object> events = new ArrayList<>();

    /** Notes an event, mostly a word. */
    public void add(Object event) {
        events.add(event);
    }

    /** {@link #add}, to be passed on as a callback. */
    public Runnable adding(Object event) {
        return () -> events.add(event);
    }

    /** Notes that this is the test's next step, and that it is number {@code expected}, counted from 1. */
    public void step(int expected) {
        events.add(expected);
        assertEquals(expected, events.size(), "this step came in another order");
    }

    /** Fails unless these are the events, all of them. */
    public void is(Object... expected) {
        assertEquals(Arrays.asList(expected), events);
    }

    public List<Object> events() {
        return new ArrayList<>(events);
    }

    @Override
    public String toString() {
        return events.toString();
    }
}
