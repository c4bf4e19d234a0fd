package dev.asyncio;

import org.jspecify.annotations.Nullable;

/** A call needs a running loop and there is none. */
public class NoRunningLoopException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Without a message. */
    public NoRunningLoopException() {}

    public NoRunningLoopException(@Nullable String message) {
        super(message);
    }
}
