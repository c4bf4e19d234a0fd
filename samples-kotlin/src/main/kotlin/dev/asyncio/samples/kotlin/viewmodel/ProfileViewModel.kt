package dev.asyncio.samples.kotlin.viewmodel

import dev.asyncio.Task
import dev.asyncio.coroutines.coroutine
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.gather
import java.io.IOException

/**
 * Loads two things at once and shows them, for as long as somebody looks.
 *
 * On the thread of a loop: that of the UI with a loop attached to it, or any loop in a test.
 */
class ProfileViewModel(private val repository: ProfileRepository, private val view: ProfileView) {
    private var loading: Task<Unit>? = null

    // @start region="view-model"
    /** Loads a profile, instead of the one that is being loaded. */
    fun load(user: String) {
        clear()
        view.showProgress()
        loading = createTask {
            try {
                val (name, newest) = gather(
                    coroutine { repository.name(user) },
                    coroutine { repository.newestMessage(user) },
                )
                view.showProfile(name, newest) // on the UI's thread, like all of this
            } catch (e: IOException) {
                view.showError(e.message.orEmpty())
            }
        }
    }

    /** The screen is gone: cancels what is on its way. Called with the end of the lifecycle. */
    fun clear() {
        loading?.cancel()
    }
    // @end
}
