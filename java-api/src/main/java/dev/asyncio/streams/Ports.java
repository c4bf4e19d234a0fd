package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;

/** What may be a port. */
@NotOnAndroid
final class Ports {
    private static final int MAX = 0xFFFF;

    private Ports() {}

    static int check(int port) {
        if (port < 0 || port > MAX) {
            throw new IllegalArgumentException("port must be 0 to " + MAX + ": " + port);
        }
        return port;
    }
}
