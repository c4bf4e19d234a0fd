package dev.asyncio;

import org.jspecify.annotations.Nullable;

/** The user interrupted the program with Ctrl-C; Python's {@code KeyboardInterrupt}. */
public class KeyboardInterrupt extends Error {
    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public KeyboardInterrupt() {}

    public KeyboardInterrupt(@Nullable String message) {
        super(message);
    }
}
