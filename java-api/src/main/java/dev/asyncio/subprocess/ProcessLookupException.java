package dev.asyncio.subprocess;

import dev.asyncio.spi.NotOnAndroid;
import org.jspecify.annotations.Nullable;

/** A signal was to be sent to a process that has ended; Python's {@code ProcessLookupError}. */
@NotOnAndroid
public class ProcessLookupException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /**
     * With a message.
     *
     * @param message the message, or null
     */
    public ProcessLookupException(@Nullable String message) {
        super(message);
    }
}
