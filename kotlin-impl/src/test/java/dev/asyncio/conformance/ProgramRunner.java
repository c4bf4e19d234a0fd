package dev.asyncio.conformance;

import dev.asyncio.EventLoop;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs programs one after the other on one face, each on a loop of its own and for a limited time of the
 * real clock, so that one which hangs is a failure like any other.
 */
final class ProgramRunner {
    private final Face face;
    private final Supplier<ProgramLoop> loops;
    private final Duration limit;

    ProgramRunner(Face face, Supplier<ProgramLoop> loops, Duration limit) {
        this.face = face;
        this.loops = loops;
        this.limit = limit;
    }

    Result run(Node program) throws InterruptedException {
        Attempt attempt = new Attempt(program);
        FutureTask<Result> result = new FutureTask<>(attempt::run);
        Thread thread = new Thread(result, "conformance");
        thread.setDaemon(true);
        thread.start();
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return Result.failed(Errors.describe(e.getCause()));
        } catch (TimeoutException e) {
            String where = Errors.describeStack(thread.getStackTrace());
            attempt.abandon();
            return Result.timedOut("still running after " + limit + where);
        }
    }

    private final class Attempt {
        private final Node program;
        private volatile Execution execution;

        Attempt(Node program) {
            this.program = program;
        }

        Result run() {
            ProgramLoop programLoop = loops.get();
            EventLoop loop = programLoop.loop();
            try {
                execution = new Execution(programLoop, face);
                Result result = execution.run(program);
                if (face == Face.KOTLIN
                        && result.error() == null
                        && !loop.toString().contains("stacks=0")) {
                    return Result.failed("suspend bodies must need no stack, but: " + loop);
                }
                return result;
            } finally {
                loop.close();
            }
        }

        void abandon() {
            if (execution != null) {
                execution.abandon();
            }
        }
    }
}
