package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;

/** The limit of a {@link StreamReader}. */
@NotOnAndroid
final class Limits {
    static final int DEFAULT = 1 << 16;

    private Limits() {}

    static int check(int limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException("limit must be positive: " + limit);
        }
        return limit;
    }
}
