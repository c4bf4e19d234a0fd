package dev.asyncio.engine.loop

import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.DisabledOnOs
import org.junit.jupiter.api.condition.OS
import sun.misc.Signal
import sun.misc.SignalHandler

/** Who has a signal as claims of it come and go: one that nobody sends, so that nothing has to be waited for. */
@DisabledOnOs(OS.WINDOWS, disabledReason = "there is no such signal")
class SignalClaimTest {
    private val signal = Signal("WINCH")
    private val original = SignalHandler {}
    private val beforeTheTest = Signal.handle(signal, original)

    @AfterEach
    fun giveBack() {
        Signal.handle(signal, beforeTheTest)
    }

    private fun claim(): SignalClaim = SignalClaim.of(signal) {}

    private fun assertHandler(expected: SignalHandler) {
        val current = Signal.handle(signal, SignalHandler.SIG_IGN)
        Signal.handle(signal, current)
        assertSame(expected, current)
    }

    @Test
    fun theLatestHasItAndGivesItBackToTheOneBefore() {
        val first = claim()
        val second = claim()
        assertHandler(second)
        second.release()
        assertHandler(first)
        first.release()
        assertHandler(original)
    }

    @Test
    fun oneThatWasReleasedDoesNotComeBack() {
        val first = claim()
        val second = claim()
        val third = claim()
        second.release()
        first.release()
        assertHandler(third)
        third.release()
        assertHandler(original)
    }

    @Test
    fun releasingItAgainChangesNothing() {
        val first = claim()
        first.release()
        val second = claim()
        first.release()
        assertHandler(second)
        second.release()
    }

    @Test
    fun aHandlerThatForeignCodeHasSetMeanwhileStays() {
        val first = claim()
        val second = claim()
        val foreign = SignalHandler {}
        Signal.handle(signal, foreign)
        second.release()
        assertHandler(foreign)
        first.release()
        assertHandler(foreign)
    }

    @Test
    fun aHandlerThatForeignCodeHasSetBetweenTwoComesBackAfterTheLater() {
        val first = claim()
        val foreign = SignalHandler {}
        Signal.handle(signal, foreign)
        val second = claim()
        first.release()
        assertHandler(second)
        second.release()
        assertHandler(foreign)
    }

    @Test
    fun onlyWhatTheJvmHasItselfIsFree() {
        assertNull(SignalClaim.ofFree(signal) {})
        assertHandler(original)
        Signal.handle(signal, SignalHandler.SIG_DFL)
        val first = SignalClaim.ofFree(signal) {}
        assertNotNull(first)
        assertNull(SignalClaim.ofFree(signal) {})
        assertHandler(first!!)
        first.release()
        assertHandler(SignalHandler.SIG_DFL)
    }
}
