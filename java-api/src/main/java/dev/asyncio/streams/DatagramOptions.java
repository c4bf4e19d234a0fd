package dev.asyncio.streams;

import dev.asyncio.spi.NotOnAndroid;

/** How an endpoint for datagrams is opened; immutable. The keyword arguments of {@code create_datagram_endpoint}. */
@NotOnAndroid
public final class DatagramOptions {
    /** Neither a shared port nor broadcasts. */
    public static final DatagramOptions DEFAULT = new DatagramOptions(false, false);

    private final boolean reusePort;
    private final boolean allowBroadcast;

    private DatagramOptions(boolean reusePort, boolean allowBroadcast) {
        this.reusePort = reusePort;
        this.allowBroadcast = allowBroadcast;
    }

    /**
     * These options with or without sharing the port with others that do so too; asyncio's {@code reuse_port}.
     *
     * @param reusePort whether to share; where the system cannot, opening throws {@link IllegalArgumentException}
     * @return the new options
     */
    public DatagramOptions withReusePort(boolean reusePort) {
        return new DatagramOptions(reusePort, allowBroadcast);
    }

    /**
     * These options with or without sending to broadcast addresses; asyncio's {@code allow_broadcast}. An endpoint with
     * it is not connected to its remote address.
     *
     * @param allowBroadcast whether to allow it
     * @return the new options
     */
    public DatagramOptions withAllowBroadcast(boolean allowBroadcast) {
        return new DatagramOptions(reusePort, allowBroadcast);
    }

    /**
     * See {@link #withReusePort}.
     *
     * @return the flag
     */
    public boolean reusePort() {
        return reusePort;
    }

    /**
     * See {@link #withAllowBroadcast}.
     *
     * @return the flag
     */
    public boolean allowBroadcast() {
        return allowBroadcast;
    }

    @Override
    public String toString() {
        return "DatagramOptions[reusePort=" + reusePort + ", allowBroadcast=" + allowBroadcast + "]";
    }
}
