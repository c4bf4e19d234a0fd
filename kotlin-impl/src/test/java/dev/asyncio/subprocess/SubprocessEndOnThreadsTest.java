package dev.asyncio.subprocess;

import org.junit.jupiter.api.extension.ExtendWith;

/** The same where threads read and write the pipes. */
@ExtendWith(PipesByThreads.class)
class SubprocessEndOnThreadsTest extends SubprocessEndTest {}
