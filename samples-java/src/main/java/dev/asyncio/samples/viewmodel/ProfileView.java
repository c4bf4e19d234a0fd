package dev.asyncio.samples.viewmodel;

/** What is on the screen. On the UI's thread only. */
public interface ProfileView {
    void showProgress();

    void showProfile(String name, String newestMessage);

    void showError(String message);
}
