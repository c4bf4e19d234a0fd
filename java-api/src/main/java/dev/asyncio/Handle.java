package dev.asyncio;

/** A callback that the loop is to run; asyncio's {@code Handle}. */
public interface Handle {
    void cancel();

    boolean cancelled();
}
