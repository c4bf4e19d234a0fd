package dev.asyncio;

import java.time.Duration;

/** A callback that the loop is to run at some time; asyncio's {@code TimerHandle}. */
public interface TimerHandle extends Handle {
    Duration when();
}
