package dev.asyncio.samples.viewmodel;

import dev.asyncio.Coroutine;

/** Where profiles come from: a web service in the app, a fake in a test. */
public interface ProfileRepository {
    /** The user's name. */
    Coroutine<String> name(String user);

    /** The user's newest message. */
    Coroutine<String> newestMessage(String user);
}
