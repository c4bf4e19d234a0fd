package dev.asyncio.support;

import static org.junit.jupiter.api.Assertions.fail;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/** Makes the JVM collect garbage. */
public final class Gc {
    private static final int ROUNDS = 100;

    private Gc() {}

    /** Returns when objects that became unreachable before the call have been found so. */
    public static void collect() {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        WeakReference<Object> probe = new WeakReference<>(new Object(), queue);
        for (int i = 0; i < ROUNDS; i++) {
            System.gc();
            try {
                if (queue.remove(100) == probe) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail("interrupted while waiting for the garbage collector");
            }
        }
        fail("the garbage collector did not run");
    }
}
