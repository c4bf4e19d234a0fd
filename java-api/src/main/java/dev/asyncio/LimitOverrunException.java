package dev.asyncio;

/** There is no separator within the limit of a stream; asyncio's {@code LimitOverrunError}. */
public class LimitOverrunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int consumed;

    /**
     * An exception.
     *
     * @param message what is wrong
     * @param consumed how many bytes have to be read to get past it
     */
    public LimitOverrunException(String message, int consumed) {
        super(message);
        this.consumed = consumed;
    }

    /**
     * How many bytes have to be read to get past what is too long; asyncio's {@code consumed}.
     *
     * @return the number
     */
    public int consumed() {
        return consumed;
    }
}
