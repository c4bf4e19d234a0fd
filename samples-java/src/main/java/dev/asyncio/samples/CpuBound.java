package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import dev.asyncio.Task;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * A computation that never waits lets others run by {@code sleep(ZERO)}: one turn of the loop, no time.
 *
 * <p>Mirrors {@code python/cpu_bound.py} among the test resources.
 */
public final class CpuBound {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        Task<Integer> primes = createTask(() -> countPrimes(5000));
        Task<Void> beats = createTask(() -> heartbeat());
        System.out.println("main: " + await(primes) + " primes");
        await(beats);
    }

    static int countPrimes(int limit) {
        int count = 0;
        for (int n = 2; n <= limit; n++) {
            if (isPrime(n)) {
                count++;
            }
            if (n % 1000 == 0) {
                System.out.println("primes: " + count + " up to " + n);
                await(sleep(Duration.ZERO));
            }
        }
        return count;
    }

    static void heartbeat() {
        for (int beat = 1; beat <= 3; beat++) {
            System.out.println("heartbeat: " + beat);
            await(sleep(Duration.ZERO));
        }
    }

    static boolean isPrime(int n) {
        return IntStream.rangeClosed(2, (int) Math.sqrt(n)).allMatch(d -> n % d != 0);
    }
}
