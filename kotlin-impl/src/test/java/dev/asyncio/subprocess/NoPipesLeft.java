package dev.asyncio.subprocess;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.asyncio.engine.subprocess.ChannelPipes;
import dev.asyncio.support.Descriptors;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails tests after which a pipe is open that was not before; those of the JDK are closed in its own time. */
final class NoPipesLeft implements BeforeEachCallback, AfterEachCallback {
    private Set<String> before = Set.of();

    @Override
    public void beforeEach(ExtensionContext context) {
        before = Descriptors.pipes();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!ChannelPipes.Companion.isEnabled()) {
            return;
        }
        Set<String> left = new HashSet<>(Descriptors.pipes());
        left.removeAll(before);
        assertEquals(Set.of(), left, "open pipes");
    }
}
