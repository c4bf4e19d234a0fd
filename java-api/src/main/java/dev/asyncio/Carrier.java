package dev.asyncio;

/** What carries the stack of a suspended Java body. */
public enum Carrier {
    /** The best one the JVM has. */
    AUTO,

    /** Pooled platform threads. */
    PLATFORM,

    /** Virtual threads on the JVM's own scheduler. */
    VIRTUAL,

    /** Virtual threads scheduled by the loop itself. */
    LOOP
}
