package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.gather;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.toThread;
import static java.util.stream.Collectors.joining;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import dev.asyncio.Asyncio;
import dev.asyncio.EventLoop;
import dev.asyncio.Future;
import dev.asyncio.ReturnWhen;
import dev.asyncio.Task;
import dev.asyncio.subprocess.AsyncProcess;
import dev.asyncio.subprocess.Stdio;
import dev.asyncio.subprocess.Subprocess;
import dev.asyncio.subprocess.SubprocessOptions;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigInteger;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.stream.LongStream;

/**
 * asyncio's ProcessPoolExecutor: jobs are computed in two other processes, here Hazelcast's members on this machine.
 * One of them is killed in the middle of a job.
 */
public final class ProcessPool {
    private ProcessPool() {}

    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() throws IOException {
        String one = freePort();
        String two = freePort();
        List<AsyncProcess> members = await(gather(() -> startMember(one, two), () -> startMember(two, one)));
        HazelcastInstance cluster = await(toThread(() -> connect(one, two)));
        try {
            ExecutorService pool = cluster.getExecutorService("jobs");
            compute(pool);
            loseAProcess(pool, members);
            compute(pool);
        } finally {
            await(toThread(() -> cluster.shutdown()));
            for (AsyncProcess member : members) {
                member.stdin().close();
                await(member.waitFor());
            }
        }
    }

    // @start region="process-pool"
    static void compute(ExecutorService pool) {
        EventLoop loop = getRunningLoop();
        Future<BigInteger> factorial =
                loop.runInExecutor(pool, (Callable<BigInteger> & Serializable) () -> factorial(25));
        Future<Long> pid = loop.runInExecutor(pool, (Callable<Long> & Serializable)
                () -> ProcessHandle.current().pid());
        System.out.println("25! = " + await(factorial));
        System.out.println(
                "elsewhere: " + (await(pid) != ProcessHandle.current().pid()));
    }

    static void loseAProcess(ExecutorService pool, List<AsyncProcess> members) {
        Future<Void> lost = getRunningLoop().runInExecutor(pool, (Callable<Void> & Serializable) () -> {
            System.out.println("it is me who has the job");
            Thread.sleep(5_000);
            return null;
        });
        Task<String> one = createTask(members.get(0).stdout().readLine(StandardCharsets.UTF_8));
        Task<String> two = createTask(members.get(1).stdout().readLine(StandardCharsets.UTF_8));
        await(Asyncio.wait(List.of(one, two), ReturnWhen.FIRST_COMPLETED));
        members.get(one.done() ? 0 : 1).kill();
        try {
            await(lost);
            System.out.println("another process has done the job anew");
        } catch (Exception e) {
            System.out.println(
                    "the job is lost with its process: " + e.getClass().getSimpleName());
        }
        (one.done() ? two : one).cancel();
    }

    static AsyncProcess startMember(String... ports) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        AsyncProcess member = await(Subprocess.exec(
                SubprocessOptions.PIPES.withStderr(Stdio.INHERIT),
                java,
                "-cp",
                classPath(),
                PoolMember.class.getName(),
                ports[0],
                ports[1]));
        if (await(member.stdout().readLine()).length == 0) { // at the end of its output; else it says that it is ready
            throw new IllegalStateException("member " + ports[0] + " has ended with " + await(member.waitFor()));
        }
        return member;
    }

    static HazelcastInstance connect(String... ports) {
        ClientConfig config = new ClientConfig().setProperty("hazelcast.logging.type", "none");
        for (String port : ports) {
            config.getNetworkConfig().addAddress("127.0.0.1:" + port);
        }
        return HazelcastClient.newHazelcastClient(config);
    }
    // @end

    static BigInteger factorial(int n) {
        return LongStream.rangeClosed(1, n).mapToObj(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    }

    /** This program's own; a build tool that runs it has it in a class loader and not in the JVM's property. */
    private static String classPath() {
        ClassLoader loader = ProcessPool.class.getClassLoader();
        if (!(loader instanceof URLClassLoader)) {
            return System.getProperty("java.class.path");
        }
        return Arrays.stream(((URLClassLoader) loader).getURLs())
                .map(url -> Path.of(URI.create(url.toString())).toString())
                .collect(joining(File.pathSeparator));
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
