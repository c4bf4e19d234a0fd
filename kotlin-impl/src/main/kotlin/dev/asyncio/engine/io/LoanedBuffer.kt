package dev.asyncio.engine.io

import dev.asyncio.spi.NotOnAndroid
import java.nio.ByteBuffer

/** A buffer that a loop needs again and again, for a moment each time. Loop thread only. */
@NotOnAndroid
internal class LoanedBuffer(private val make: () -> ByteBuffer) {
    private var buffer: ByteBuffer? = null

    /** Lends it, empty, for the duration of [block]; to somebody who is called from inside of one, another one. */
    inline fun <T> lend(block: (ByteBuffer) -> T): T {
        val lent = borrow()
        try {
            return block(lent)
        } finally {
            giveBack(lent)
        }
    }

    fun borrow(): ByteBuffer {
        val lent = buffer ?: make()
        buffer = null
        lent.clear()
        return lent
    }

    fun giveBack(lent: ByteBuffer) {
        buffer = lent
    }
}
