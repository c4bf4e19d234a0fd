package dev.asyncio;

/**
 * What carries the stack of a Java body while it is suspended.
 *
 * <p>A body awaits in the middle of its calls, so its stack must be kept somewhere. The order of events is the same
 * with every carrier; speed, memory and what the JVM must offer are not.
 *
 * @see RunnerOptions#withCarrier
 */
public enum Carrier {
    /**
     * What the system property {@code dev.asyncio.carrier} says ({@code platform}, {@code virtual}, {@code loop}), else
     * {@link #LOOP} where the JVM was started for it, else virtual threads where the JVM has them, else platform
     * threads.
     */
    AUTO,

    /** Pooled platform threads: on every JVM, with a limit to the number of suspended bodies. */
    PLATFORM,

    /** Virtual threads on the JVM's own scheduler: Java 21 and later. */
    VIRTUAL,

    /**
     * Virtual threads that the loop schedules itself, which makes a switch cheaper: where in addition the JVM was
     * started with {@code --add-opens java.base/java.lang=ALL-UNNAMED}.
     */
    LOOP
}
