package dev.asyncio;

/** When {@link Asyncio#wait(java.util.Collection, ReturnWhen)} ends; the constants of asyncio's {@code wait}. */
public enum ReturnWhen {
    /** As soon as one future is done. */
    FIRST_COMPLETED,

    /** As soon as one future has an exception, a cancellation not counted; if none ever has, when all are done. */
    FIRST_EXCEPTION,

    /** When all futures are done. */
    ALL_COMPLETED
}
