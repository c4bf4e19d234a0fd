package dev.asyncio.conformance;

/** A line of the corpus: a program and what CPython makes of it. */
final class Case {
    private final String id;
    private final String group;
    private final Node program;
    private final Result expected;

    private Case(String id, String group, Node program, Result expected) {
        this.id = id;
        this.group = group;
        this.program = program;
        this.expected = expected;
    }

    static Case parse(String line) {
        Node node = Node.parse(line);
        Result expected = node.isSet("expect") ? Result.expected(node.node("expect")) : null;
        return new Case(node.text("id"), node.textOr("group", "?"), node.node("program"), expected);
    }

    String id() {
        return id;
    }

    String group() {
        return group;
    }

    Node program() {
        return program;
    }

    /** Null where the line holds a program only. */
    Result expected() {
        return expected;
    }

    /** Small failures are shown first. */
    int size() {
        return program.countStatements();
    }
}
