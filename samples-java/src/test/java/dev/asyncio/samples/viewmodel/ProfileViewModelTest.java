package dev.asyncio.samples.viewmodel;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.sleep;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.asyncio.CancelledError;
import dev.asyncio.Coroutine;
import dev.asyncio.testing.VirtualTimeLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The view-model in a plain test: no UI, no waiting. */
class ProfileViewModelTest {
    private final List<String> log = new ArrayList<>();
    private final VirtualTimeLoop loop = new VirtualTimeLoop();
    private final ProfileViewModel model = new ProfileViewModel(new FakeRepository(), new LoggedView());

    private final class FakeRepository implements ProfileRepository {
        @Override
        public Coroutine<String> name(String user) {
            return () -> load("name of " + user, 2);
        }

        @Override
        public Coroutine<String> newestMessage(String user) {
            return () -> load("message of " + user, 3);
        }

        private String load(String what, int seconds) {
            try {
                await(sleep(Duration.ofSeconds(seconds)));
            } catch (CancelledError e) {
                log.add("cancelled: " + what);
                throw e;
            }
            if (what.endsWith("nobody")) {
                throw new IllegalArgumentException("no " + what);
            }
            return what;
        }
    }

    private final class LoggedView implements ProfileView {
        @Override
        public void showProgress() {
            log.add("progress");
        }

        @Override
        public void showProfile(String name, String newestMessage) {
            log.add(name + ", " + newestMessage + " after " + loop.time().getSeconds() + " s");
        }

        @Override
        public void showError(String message) {
            log.add("error: " + message);
        }
    }

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void bothAreLoadedAtOnce() {
        loop.callSoon(() -> model.load("ada"));
        loop.runUntilIdle();
        assertEquals(List.of("progress", "name of ada, message of ada after 3 s"), log);
    }

    @Test
    void theEndOfTheLifecycleCancelsBoth() {
        loop.callSoon(() -> model.load("ada"));
        loop.callLater(Duration.ofSeconds(1), model::clear);
        loop.runUntilIdle();
        assertEquals(List.of("progress", "cancelled: name of ada", "cancelled: message of ada"), log);
    }

    @Test
    void aProfileReplacesTheOneThatIsBeingLoaded() {
        loop.callSoon(() -> model.load("ada"));
        loop.callLater(Duration.ofSeconds(1), () -> model.load("grace"));
        loop.runUntilIdle();
        assertEquals(
                List.of(
                        "progress",
                        "progress",
                        "cancelled: name of ada",
                        "cancelled: message of ada",
                        "name of grace, message of grace after 4 s"),
                log);
    }

    @Test
    void aFailureIsShown() {
        loop.callSoon(() -> model.load("nobody"));
        loop.runUntilIdle();
        assertEquals(List.of("progress", "error: no name of nobody"), log);
    }
}
