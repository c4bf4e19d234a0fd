package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;

/** What part of a file is meant. */
@NotOnAndroid
final class FileRanges {
    private FileRanges() {}

    static void check(long offset, long count) {
        if (offset < 0) {
            throw new IllegalArgumentException("offset must not be negative: " + offset);
        }
        if (count <= 0) {
            throw new IllegalArgumentException("count must be positive: " + count);
        }
    }
}
