package dev.asyncio.subprocess;

import dev.asyncio.engine.subprocess.ChannelPipes;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Has threads read and write the pipes of processes, as where they cannot be given channels. */
final class PipesByThreads implements BeforeAllCallback, AfterAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        ChannelPipes.Companion.setEnabled(false);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        ChannelPipes.Companion.setEnabled(true);
    }
}
