package dev.asyncio.conformance;

/** The program or its interpreter is wrong, or a limit was reached. No except clause of a program takes it. */
final class ProgramFault extends Error {
    private static final long serialVersionUID = 1L;

    ProgramFault(String message) {
        super(message);
    }

    ProgramFault(String message, Throwable cause) {
        super(message, cause);
    }
}
