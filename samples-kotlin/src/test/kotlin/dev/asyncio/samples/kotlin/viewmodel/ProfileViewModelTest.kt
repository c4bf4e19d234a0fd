package dev.asyncio.samples.kotlin.viewmodel

import dev.asyncio.coroutines.sleep
import dev.asyncio.testing.VirtualTimeLoop
import kotlinx.coroutines.CancellationException
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import java.io.FileNotFoundException
import java.time.Duration
import kotlin.time.Duration.Companion.seconds

/** The view-model in a plain test: no UI, no waiting. */
class ProfileViewModelTest {
    private val log = mutableListOf<String>()
    private val loop = VirtualTimeLoop()
    private val model = ProfileViewModel(FakeRepository(), LoggedView())

    private inner class FakeRepository : ProfileRepository {
        override suspend fun name(user: String): String = load("name of $user", 2)

        override suspend fun newestMessage(user: String): String = load("message of $user", 3)

        private suspend fun load(what: String, seconds: Int): String {
            try {
                sleep(seconds.seconds)
            } catch (e: CancellationException) {
                log += "cancelled: $what"
                throw e
            }
            if (what.endsWith("nobody")) throw FileNotFoundException("no $what")
            return what
        }
    }

    private inner class LoggedView : ProfileView {
        override fun showProgress() {
            log += "progress"
        }

        override fun showProfile(name: String, newestMessage: String) {
            log += "$name, $newestMessage after ${loop.time().seconds} s"
        }

        override fun showError(message: String) {
            log += "error: $message"
        }
    }

    @AfterEach
    fun close() = loop.close()

    @Test
    fun bothAreLoadedAtOnce() {
        loop.callSoon { model.load("ada") }
        loop.runUntilIdle()
        assertEquals(listOf("progress", "name of ada, message of ada after 3 s"), log)
    }

    @Test
    fun theEndOfTheLifecycleCancelsBoth() {
        loop.callSoon { model.load("ada") }
        loop.callLater(Duration.ofSeconds(1), model::clear)
        loop.runUntilIdle()
        assertEquals(listOf("progress", "cancelled: name of ada", "cancelled: message of ada"), log)
    }

    @Test
    fun aProfileReplacesTheOneThatIsBeingLoaded() {
        loop.callSoon { model.load("ada") }
        loop.callLater(Duration.ofSeconds(1)) { model.load("grace") }
        loop.runUntilIdle()
        val expected = listOf(
            "progress",
            "progress",
            "cancelled: name of ada",
            "cancelled: message of ada",
            "name of grace, message of grace after 4 s",
        )
        assertEquals(expected, log)
    }

    @Test
    fun aFailureIsShown() {
        loop.callSoon { model.load("nobody") }
        loop.runUntilIdle()
        assertEquals(listOf("progress", "error: no name of nobody"), log)
    }
}
