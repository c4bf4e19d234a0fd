package dev.asyncio.subprocess;

import dev.asyncio.engine.subprocess.ChannelPipes;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Has threads read and write the pipes of processes, as where they cannot be given channels. */
final class PipesByThreads implements BeforeEachCallback, AfterEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) {
        ChannelPipes.Companion.setEnabled(false);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ChannelPipes.Companion.setEnabled(true);
    }
}
