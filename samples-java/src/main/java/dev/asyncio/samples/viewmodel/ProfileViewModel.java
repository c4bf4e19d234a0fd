package dev.asyncio.samples.viewmodel;

import static dev.asyncio.Asyncio.gather;

import dev.asyncio.CancelledError;
import dev.asyncio.Future;
import java.util.List;

/**
 * Loads two things at once and shows them, for as long as somebody looks.
 *
 * <p>It waits with a done-callback, which runs on the UI's thread and needs no stack. On the thread of a loop: that of
 * the UI with a loop attached to it, or any loop in a test.
 */
public final class ProfileViewModel {
    private final ProfileRepository repository;
    private final ProfileView view;
    private Future<List<String>> loading;

    public ProfileViewModel(ProfileRepository repository, ProfileView view) {
        this.repository = repository;
        this.view = view;
    }

    // @start region="view-model"
    /** Loads a profile, instead of the one that is being loaded. */
    public void load(String user) {
        clear();
        view.showProgress();
        loading = gather(repository.name(user), repository.newestMessage(user));
        loading.addDoneCallback(done -> {
            Throwable error = done.exception();
            if (error instanceof CancelledError) {
                return; // nobody looks any more
            }
            if (error != null) {
                view.showError(error.getMessage());
            } else {
                view.showProfile(done.result().get(0), done.result().get(1));
            }
        });
    }

    /** The screen is gone: cancels what is on its way. Called with the end of the lifecycle. */
    public void clear() {
        if (loading != null) {
            loading.cancel();
        }
    }
    // @end
}
