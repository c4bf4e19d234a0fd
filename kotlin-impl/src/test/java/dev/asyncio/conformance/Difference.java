package dev.asyncio.conformance;

import java.util.List;
import java.util.Objects;

/** Where a run first leaves what CPython does. */
final class Difference {
    private static final int EVENTS_BEFORE = 4;
    private static final int EVENTS_AFTER = 2;

    private final Case program;
    private final String text;

    private Difference(Case program, String text) {
        this.program = program;
        this.text = text;
    }

    /** Null if the two are equal: the same events in the same order, the same end, the same outcomes. */
    static Difference between(Case program, Result actual) {
        String text = describe(program.expected(), actual);
        return text == null ? null : new Difference(program, text);
    }

    private static String describe(Result expected, Result actual) {
        if (actual.error() != null) {
            return "    error: " + actual.error();
        }
        int event = firstDifference(expected.trace(), actual.trace());
        if (event >= 0) {
            return describeEvents(expected.trace(), actual.trace(), event);
        }
        if (!expected.end().equals(actual.end())) {
            return "    end: expected " + expected.end() + ", actual " + actual.end();
        }
        int outcome = firstDifference(expected.outcomes(), actual.outcomes());
        if (outcome >= 0) {
            return "    outcome " + outcome + ": expected " + show(expected.outcomes(), outcome) + ", actual "
                    + show(actual.outcomes(), outcome);
        }
        return null;
    }

    private static int firstDifference(List<Object> expected, List<Object> actual) {
        int length = Math.max(expected.size(), actual.size());
        for (int i = 0; i < length; i++) {
            if (i >= expected.size() || i >= actual.size() || !Objects.equals(expected.get(i), actual.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static String describeEvents(List<Object> expected, List<Object> actual, int first) {
        StringBuilder text = new StringBuilder();
        for (int i = Math.max(0, first - EVENTS_BEFORE); i < first; i++) {
            text.append(String.format("      [%d] %s%n", i, show(expected, i)));
        }
        int length = Math.max(expected.size(), actual.size());
        for (int i = first; i <= first + EVENTS_AFTER && i < length; i++) {
            text.append(String.format(
                    "    %s [%d] expected %-40s actual %s%n",
                    i == first ? ">" : " ", i, show(expected, i), show(actual, i)));
        }
        return text.toString();
    }

    private static String show(List<Object> list, int index) {
        return index < list.size() ? Json.write(list.get(index)) : "-";
    }

    int size() {
        return program.size();
    }

    @Override
    public String toString() {
        String text = String.format("--- %s (%s, %d statements)%n%s", program.id(), program.group(), size(), this.text);
        return size() <= 20 ? text + String.format("%n    program: %s%n", program.program()) : text;
    }
}
