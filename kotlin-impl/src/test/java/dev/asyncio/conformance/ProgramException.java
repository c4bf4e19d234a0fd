package dev.asyncio.conformance;

/** What a program raises itself, by its name in the conformance language. */
final class ProgramException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;

    ProgramException(String type, String message) {
        super(message);
        this.type = type;
    }

    String type() {
        return type;
    }
}
