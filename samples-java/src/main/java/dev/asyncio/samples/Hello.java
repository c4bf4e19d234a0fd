package dev.asyncio.samples;

import dev.asyncio.Asyncio;

/**
 * The smallest program: one coroutine, run to its end.
 *
 * <p>Mirrors {@code python/hello.py} among the test resources.
 */
public final class Hello {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        System.out.println("Hello, world!");
    }
}
