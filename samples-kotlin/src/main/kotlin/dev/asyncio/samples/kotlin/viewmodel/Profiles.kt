package dev.asyncio.samples.kotlin.viewmodel

/** Where profiles come from: a web service in the app, a fake in a test. */
interface ProfileRepository {
    /** The user's name. */
    suspend fun name(user: String): String

    /** The user's newest message. */
    suspend fun newestMessage(user: String): String
}

/** What is on the screen. On the UI's thread only. */
interface ProfileView {
    fun showProgress()

    fun showProfile(name: String, newestMessage: String)

    fun showError(message: String)
}
