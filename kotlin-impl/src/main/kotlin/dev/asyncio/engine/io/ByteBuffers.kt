package dev.asyncio.engine.io

import java.nio.ByteBuffer

internal val NO_BYTES: ByteBuffer = ByteBuffer.allocate(0)

/** Counts what remains as taken. */
internal fun ByteBuffer.drop() {
    position(limit())
}

/** A copy of what remains. */
internal fun ByteBuffer.kept(): ByteBuffer = if (hasRemaining()) joined(NO_BYTES, this) else NO_BYTES

/** A copy of what remains of both, which are taken by that. */
internal fun joined(first: ByteBuffer, second: ByteBuffer): ByteBuffer {
    val both = ByteBuffer.allocate(first.remaining() + second.remaining())
    both.put(first).put(second)
    both.flip()
    return both
}
