package dev.asyncio.engine.io

import dev.asyncio.spi.NotOnAndroid
import java.nio.ByteBuffer

/** What TLS does with pieces of what arrives. */
@NotOnAndroid
internal object ByteBuffers {
    val EMPTY: ByteBuffer = ByteBuffer.allocate(0)

    /** Counts what remains as taken. */
    fun ByteBuffer.drop() {
        position(limit())
    }

    /** A copy of what remains. */
    fun ByteBuffer.kept(): ByteBuffer = if (hasRemaining()) joined(EMPTY, this) else EMPTY

    /** A copy of what remains of both, which are taken by that. */
    fun joined(first: ByteBuffer, second: ByteBuffer): ByteBuffer {
        val both = ByteBuffer.allocate(first.remaining() + second.remaining())
        both.put(first).put(second)
        both.flip()
        return both
    }
}
