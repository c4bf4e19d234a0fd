package dev.asyncio.samples.servers;

/** A server that runs on this machine until it is closed or this JVM ends. */
public interface Server extends AutoCloseable {
    /** Where it is, in the form that the samples take as their argument. */
    String address();
}
