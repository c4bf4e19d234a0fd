package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;
import org.jspecify.annotations.Nullable;

/** How many unsent bytes a transport holds before it asks for a pause: the pair of its water marks. */
@NotOnAndroid
public final class BufferLimits {
    private final int low;
    private final int high;

    /**
     * Two water marks.
     *
     * @param low the low one
     * @param high the high one, not below it
     * @throws IllegalArgumentException if they are the wrong way round or negative
     */
    public BufferLimits(int low, int high) {
        if (low < 0 || high < low) {
            throw new IllegalArgumentException("high (" + high + ") must be >= low (" + low + ") must be >= 0");
        }
        this.low = low;
        this.high = high;
    }

    /**
     * Where {@link BaseProtocol#resumeWriting()} is called.
     *
     * @return a number of bytes
     */
    public int low() {
        return low;
    }

    /**
     * Above which {@link BaseProtocol#pauseWriting()} is called.
     *
     * @return a number of bytes
     */
    public int high() {
        return high;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BufferLimits
                && ((BufferLimits) other).low == low
                && ((BufferLimits) other).high == high;
    }

    @Override
    public int hashCode() {
        return 31 * low + high;
    }

    @Override
    public String toString() {
        return "BufferLimits[low=" + low + ", high=" + high + "]";
    }
}
