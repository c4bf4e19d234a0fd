package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.waitFor;

import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.TimeoutException;
import java.time.Duration;

/**
 * waitFor gives up after 30 s, cancels what it waited for and throws TimeoutException.
 *
 * <p>Mirrors {@code python/wait_for_timeout.py} among the test resources.
 */
public final class WaitForTimeout {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        try {
            await(waitFor(() -> answerThePhone(), Duration.ofSeconds(30)));
        } catch (TimeoutException e) {
            System.out.println("main: nobody answered within 30 s");
        }
    }

    static void answerThePhone() {
        try {
            await(sleep(Duration.ofHours(1)));
        } catch (CancelledError e) {
            System.out.println("phone: stops ringing");
            throw e;
        }
    }
}
