package dev.asyncio.subprocess;

import dev.asyncio.spi.NotOnAndroid;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What was written to a process has not been read, since it has closed its input; Python's {@code BrokenPipeError}. */
@NotOnAndroid
public class BrokenPipeException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * With a message and a cause.
     *
     * @param message the message, or null
     * @param cause the cause, or null
     */
    public BrokenPipeException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
