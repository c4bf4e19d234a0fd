package dev.asyncio.samples.servers;

/** This machine cannot run a server; the message says what is missing. */
public final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnavailableException(String message) {
        super(message);
    }
}
