package dev.asyncio.executors;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** An executor service as clusters have one: what is submitted crosses to another place as bytes. */
final class ClusterExecutor implements ExecutorService {
    /** What a submission gives. */
    enum Kind {
        /** A future that tells when it is done. */
        STAGES,
        /** One that can only be waited for. */
        PLAIN_FUTURES
    }

    private final Kind kind;
    private volatile boolean shutDown;
    private volatile String cancelled = "nothing";

    ClusterExecutor(Kind kind) {
        this.kind = kind;
    }

    /** How the last job was cancelled. */
    String cancelled() {
        return cancelled;
    }

    @Override
    public <T> Future<T> submit(Callable<T> task) {
        if (shutDown) {
            throw new IllegalStateException("the cluster is gone");
        }
        Callable<T> copy = copy(task);
        CompletableFuture<T> result = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                cancelled = "cancel(" + mayInterruptIfRunning + ")";
                return super.cancel(mayInterruptIfRunning);
            }
        };
        Thread member = new Thread(() -> {
            try {
                result.complete(copy.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        member.start();
        return kind == Kind.STAGES ? result : new PlainFuture<>(result);
    }

    @SuppressWarnings("unchecked")
    private static <T> T copy(T object) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
                output.writeObject(object);
            }
            return (T) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Work that is not submitted stays here. */
    @Override
    public void execute(Runnable command) {
        command.run();
    }

    @Override
    public void shutdown() {
        shutDown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutDown = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutDown;
    }

    @Override
    public boolean isTerminated() {
        return shutDown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutDown;
    }

    @Override
    public <T> Future<T> submit(Runnable task, T result) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<?> submit(Runnable task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    private static final class PlainFuture<T> implements Future<T> {
        private final CompletableFuture<T> source;

        PlainFuture(CompletableFuture<T> source) {
            this.source = source;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return source.cancel(mayInterruptIfRunning);
        }

        @Override
        public boolean isCancelled() {
            return source.isCancelled();
        }

        @Override
        public boolean isDone() {
            return source.isDone();
        }

        @Override
        public T get() throws InterruptedException, ExecutionException {
            return source.get();
        }

        @Override
        public T get(long timeout, TimeUnit unit)
                throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
            return source.get(timeout, unit);
        }
    }
}
