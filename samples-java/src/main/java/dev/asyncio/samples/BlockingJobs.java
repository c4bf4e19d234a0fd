package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.getRunningLoop;

import dev.asyncio.Asyncio;
import dev.asyncio.EventLoop;
import dev.asyncio.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Six jobs that block for 0.5 s each, through a pool of three threads: two rounds, and the loop stays free.
 *
 * <p>Mirrors {@code python/blocking_jobs.py} among the test resources.
 */
public final class BlockingJobs {
    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        EventLoop loop = getRunningLoop();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            List<Future<String>> jobs = new ArrayList<>();
            for (int i = 1; i <= 6; i++) {
                int number = i;
                jobs.add(loop.runInExecutor(pool, () -> job(number, threads)));
            }
            System.out.println("main: six jobs are under way, the loop is free");
            for (String result : await(gather(jobs))) {
                System.out.println(result + ": done");
            }
        } finally {
            pool.shutdown();
        }
        System.out.println("main: " + threads.size() + " threads did it all");
    }

    static String job(int number, Set<Thread> threads) throws InterruptedException {
        threads.add(Thread.currentThread());
        Thread.sleep(500);
        return "job " + number;
    }
}
