package dev.asyncio;

/** When {@link Asyncio#wait(java.util.Collection, ReturnWhen)} returns. */
public enum ReturnWhen {
    /** When any future is done or cancelled. */
    FIRST_COMPLETED,

    /** When any future ends with an exception; without one, as {@link #ALL_COMPLETED}. */
    FIRST_EXCEPTION,

    /** When all futures are done or cancelled. */
    ALL_COMPLETED
}
