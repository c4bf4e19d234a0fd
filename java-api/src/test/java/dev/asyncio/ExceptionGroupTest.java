package dev.asyncio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExceptionGroupTest {
    private final Exception value1 = new IllegalArgumentException("1");
    private final Exception io2 = new IOException("2");
    private final Exception value3 = new IllegalArgumentException("3");
    private final Exception io4 = new IOException("4");
    private final ExceptionGroup inner = new ExceptionGroup("inner", List.of(io2, value3));
    private final ExceptionGroup outer = new ExceptionGroup("outer", List.of(value1, inner, io4));

    @Test
    void messageCountsTheMembers() {
        assertEquals("outer (3 sub-exceptions)", outer.getMessage());
        assertEquals("x (1 sub-exception)", new ExceptionGroup("x", List.of(io2)).getMessage());
    }

    @Test
    void membersKeepTheirOrderAndAreSuppressedToo() {
        assertEquals(List.of(value1, inner, io4), outer.exceptions());
        assertArrayEquals(new Throwable[] {value1, inner, io4}, outer.getSuppressed());
    }

    @Test
    void membersCannotBeChanged() {
        List<Throwable> given = new ArrayList<>(List.of(io2));
        ExceptionGroup group = new ExceptionGroup("x", given);
        given.add(io4);

        assertEquals(List.of(io2), group.exceptions());
        assertThrows(
                UnsupportedOperationException.class, () -> group.exceptions().add(io4));
        assertThrows(
                UnsupportedOperationException.class, () -> group.exceptions().set(0, io4));
    }

    @Test
    void emptyGroupIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ExceptionGroup("x", List.of()));
    }

    @Test
    void nullsAreRefused() {
        assertThrows(NullPointerException.class, () -> new ExceptionGroup(null, List.of(io2)));
        assertThrows(NullPointerException.class, () -> new ExceptionGroup("x", null));
        assertThrows(NullPointerException.class, () -> new ExceptionGroup("x", Arrays.asList(io2, null)));
    }

    @Test
    void cancellationAndInterruptAreNoMembers() {
        assertThrows(IllegalArgumentException.class, () -> new ExceptionGroup("x", List.of(io2, new CancelledError())));
        assertThrows(IllegalArgumentException.class, () -> new ExceptionGroup("x", List.of(new KeyboardInterrupt())));
    }

    @Test
    void otherErrorsMayBeMembers() {
        AssertionError error = new AssertionError();

        assertEquals(List.of(error), new ExceptionGroup("x", List.of(error)).exceptions());
    }

    @Test
    void splitKeepsTheNesting() {
        ExceptionGroup.Split halves = outer.split(IOException.class::isInstance);

        assertEquals("outer(inner(2) 4)", show(halves.matching()));
        assertEquals("outer(1 inner(3))", show(halves.rest()));
    }

    @Test
    void splitAsksAboutGroupsBeforeTheirMembers() {
        ExceptionGroup.Split halves = outer.split(e -> e == inner);

        assertEquals("outer(inner(2 3))", show(halves.matching()));
        assertEquals("outer(1 4)", show(halves.rest()));
        assertSame(inner, halves.matching().exceptions().get(0));
    }

    @Test
    void splitOfAGroupThatMeetsTheConditionIsThatGroup() {
        ExceptionGroup.Split halves = outer.split(e -> true);

        assertSame(outer, halves.matching());
        assertNull(halves.rest());
    }

    @Test
    void splitWithoutAMatchLeavesEverything() {
        ExceptionGroup.Split halves = outer.split(e -> false);

        assertNull(halves.matching());
        assertEquals("outer(1 inner(2 3) 4)", show(halves.rest()));
    }

    @Test
    void subgroupIsTheMatchingHalf() {
        assertEquals("outer(1 inner(3))", show(outer.subgroup(IllegalArgumentException.class::isInstance)));
        assertNull(outer.subgroup(InterruptedException.class::isInstance));
    }

    @Test
    void partsKeepCauseAndStackTrace() {
        Exception cause = new Exception("why");
        outer.initCause(cause);
        outer.setStackTrace(new StackTraceElement[] {new StackTraceElement("Kitchen", "burn", "Kitchen.java", 7)});

        ExceptionGroup part = outer.subgroup(IOException.class::isInstance);

        assertSame(cause, part.getCause());
        assertArrayEquals(outer.getStackTrace(), part.getStackTrace());
        assertArrayEquals(part.exceptions().toArray(), part.getSuppressed());
    }

    @Test
    void partsOfAGroupWithoutCauseCanStillGetOne() {
        ExceptionGroup part = outer.subgroup(IOException.class::isInstance);
        Exception cause = new Exception("why");

        part.initCause(cause);

        assertSame(cause, part.getCause());
    }

    @Test
    void groupCanBeSerialized() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(outer);
        }

        ExceptionGroup copy;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            copy = (ExceptionGroup) in.readObject();
        }

        assertEquals("outer(1 inner(2 3) 4)", show(copy));
        assertEquals(outer.getMessage(), copy.getMessage());
    }

    @Test
    void conditionIsRequired() {
        assertThrows(NullPointerException.class, () -> outer.split(null));
        assertThrows(NullPointerException.class, () -> outer.subgroup(null));
    }

    private static String show(ExceptionGroup group) {
        assertNotNull(group);
        List<String> members = new ArrayList<>();
        for (Throwable member : group.exceptions()) {
            members.add(member instanceof ExceptionGroup ? show((ExceptionGroup) member) : member.getMessage());
        }
        String name = group.getMessage().substring(0, group.getMessage().indexOf(" ("));
        return name + "(" + String.join(" ", members) + ")";
    }
}
