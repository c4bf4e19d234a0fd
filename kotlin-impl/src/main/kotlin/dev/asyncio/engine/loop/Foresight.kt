package dev.asyncio.engine.loop

/** Says when to act on what is foreseen: always, until that was wrong several times in a row, then less and less often. */
internal class Foresight(private val isWorthwhile: Boolean) {
    private var errors = 0
    private var toSkip = 0

    /** Takes a chance to foresee something, or lets it go by. */
    fun tryUse(): Boolean {
        if (toSkip == 0) return isWorthwhile
        toSkip--
        return false
    }

    fun turnedOut(right: Boolean) {
        errors = if (right) 0 else minOf(errors + 1, MAX_ERRORS)
        toSkip = if (errors > ERRORS_TO_EXPECT) 1 shl errors else 0
    }

    private companion object {
        /** A thread that does not get a core at once is late without being wrong. */
        const val ERRORS_TO_EXPECT = 2
        const val MAX_ERRORS = 10
    }
}
