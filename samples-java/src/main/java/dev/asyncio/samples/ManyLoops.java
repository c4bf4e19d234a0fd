package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.newEventLoop;
import static dev.asyncio.Asyncio.runCoroutineThreadsafe;
import static dev.asyncio.Asyncio.sleep;

import dev.asyncio.Asyncio;
import dev.asyncio.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** A loop for each core, each on a thread of its own, and work that is dealt between them. */
public final class ManyLoops {
    private ManyLoops() {}

    public static void main(String[] args) throws InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        List<EventLoop> loops = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < cores; i++) {
            EventLoop loop = newEventLoop();
            Thread thread = new Thread(loop::runForever, "loop-" + i);
            thread.start();
            loops.add(loop);
            threads.add(thread);
        }
        try {
            Asyncio.run(() -> main(loops));
        } finally {
            for (int i = 0; i < cores; i++) {
                EventLoop loop = loops.get(i);
                loop.callSoonThreadsafe(loop::stop);
                threads.get(i).join();
                loop.close();
            }
        }
    }

    // @start region="many-loops"
    static void main(List<EventLoop> loops) {
        List<CompletableFuture<Integer>> counts = new ArrayList<>();
        for (int part = 0; part < 8; part++) {
            int from = part * 25_000;
            EventLoop loop = loops.get(part % loops.size());
            counts.add(runCoroutineThreadsafe(() -> countPrimes(from, from + 25_000), loop));
        }
        int primes = 0;
        for (CompletableFuture<Integer> count : counts) {
            primes += await(count);
        }
        System.out.println(primes + " primes below 200000, counted on " + loops.size() + " loops");
    }

    /** Runs on one of the loops, beside others: after each thousand it lets them go on. */
    static int countPrimes(int from, int to) {
        int count = 0;
        for (int n = from; n < to; n++) {
            if (isPrime(n)) {
                count++;
            }
            if (n % 1000 == 0) {
                await(sleep(Duration.ZERO));
            }
        }
        return count;
    }
    // @end

    static boolean isPrime(int n) {
        return n > 1 && IntStream.rangeClosed(2, (int) Math.sqrt(n)).allMatch(d -> n % d != 0);
    }
}
