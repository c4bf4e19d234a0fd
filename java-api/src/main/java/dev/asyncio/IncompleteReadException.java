package dev.asyncio;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The stream ended before all was read that was asked for; asyncio's {@code IncompleteReadError}. */
public class IncompleteReadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final byte[] partial;
    private final @Nullable Integer expected;

    /**
     * An exception with what was read.
     *
     * @param partial what there was before the end; it is not copied
     * @param expected how many bytes were asked for; null if that was not known
     */
    public IncompleteReadException(byte[] partial, @Nullable Integer expected) {
        this(partial, expected, null);
    }

    /**
     * An exception with what was read, and from where.
     *
     * @param partial what there was before the end; it is not copied
     * @param expected how many bytes were asked for; null if that was not known
     * @param source what was read from, for the message; or null
     */
    public IncompleteReadException(byte[] partial, @Nullable Integer expected, @Nullable String source) {
        super(Objects.requireNonNull(partial, "partial").length + " bytes read on a total of "
                + (expected == null ? "undefined" : expected) + " expected bytes"
                + (source == null ? "" : ", from " + source));
        this.partial = partial;
        this.expected = expected;
    }

    /**
     * What there was before the end; asyncio's {@code partial}.
     *
     * @return the bytes themselves, not a copy
     */
    public byte[] partial() {
        return partial;
    }

    /**
     * How many bytes were asked for; asyncio's {@code expected}.
     *
     * @return the number; null if that was not known
     */
    public @Nullable Integer expected() {
        return expected;
    }
}
