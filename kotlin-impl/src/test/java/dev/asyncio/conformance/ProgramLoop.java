package dev.asyncio.conformance;

import dev.asyncio.Carrier;
import dev.asyncio.EventLoop;
import dev.asyncio.testing.VirtualTimeLoop;
import java.time.Duration;

/** The loop of a run and its virtual clock: the public {@link VirtualTimeLoop}, or one that is broken on purpose. */
public interface ProgramLoop {
    EventLoop loop();

    void advance(Duration duration);

    void runUntilIdle();

    static ProgramLoop on(Carrier carrier) {
        VirtualTimeLoop loop = new VirtualTimeLoop(carrier);
        return new ProgramLoop() {
            @Override
            public EventLoop loop() {
                return loop;
            }

            @Override
            public void advance(Duration duration) {
                loop.advance(duration);
            }

            @Override
            public void runUntilIdle() {
                loop.runUntilIdle();
            }
        };
    }
}
