package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.getRunningLoop;

import dev.asyncio.Asyncio;
import dev.asyncio.EventLoop;
import java.math.BigInteger;
import java.util.stream.LongStream;

/**
 * A computation in the default executor: 25! is more than 64 bits hold, and it is exact.
 *
 * <p>Mirrors {@code python/big_factorial.py} among the test resources.
 */
public final class BigFactorial {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        EventLoop loop = getRunningLoop();
        BigInteger result = await(loop.runInExecutor(null, () -> factorial(25)));
        System.out.println("25! = " + result);
    }

    static BigInteger factorial(int n) {
        return LongStream.rangeClosed(1, n).mapToObj(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    }
}
