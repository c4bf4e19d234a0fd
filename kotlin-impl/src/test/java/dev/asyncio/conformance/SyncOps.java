package dev.asyncio.conformance;

import dev.asyncio.Awaitable;
import dev.asyncio.queues.LifoQueue;
import dev.asyncio.queues.PriorityQueue;
import dev.asyncio.queues.Queue;
import dev.asyncio.sync.Barrier;
import dev.asyncio.sync.BoundedSemaphore;
import dev.asyncio.sync.Condition;
import dev.asyncio.sync.Event;
import dev.asyncio.sync.Lock;
import dev.asyncio.sync.Semaphore;
import java.util.Comparator;

/** Locks, events, barriers and queues: making them, their calls that do not suspend, and those that are awaited. */
public final class SyncOps {
    private final Variables variables;
    private final Trace trace;

    SyncOps(Execution execution) {
        this.variables = execution.variables();
        this.trace = execution.trace();
    }

    void make(Node statement) {
        variables.set(statement.text("var"), newObject(statement));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Object newObject(Node statement) {
        String kind = statement.text("kind");
        int argument = (int) statement.numberOr("arg", 0);
        switch (kind) {
            case "Lock":
                return new Lock();
            case "Event":
                return new Event();
            case "Condition":
                return statement.isSet("lock")
                        ? new Condition(variables.get(statement.text("lock"), Lock.class))
                        : new Condition();
            case "Semaphore":
                return new Semaphore(argument);
            case "BoundedSemaphore":
                return new BoundedSemaphore(argument);
            case "Barrier":
                return new Barrier(argument);
            case "Queue":
                return new Queue<Object>(argument);
            case "LifoQueue":
                return new LifoQueue<Object>(argument);
            case "PriorityQueue":
                return new PriorityQueue<Object>(argument, (Comparator) Comparator.naturalOrder());
            default:
                throw new ProgramFault("kind " + kind);
        }
    }

    void call(Node statement) {
        Object target = variables.get(statement.text("obj"));
        Object result = call(target, statement.text("m"), statement);
        if (statement.has("var")) {
            variables.set(statement.text("var"), result);
        }
        trace.logLabelled(statement, result);
    }

    private Object call(Object target, String method, Node statement) {
        if (target instanceof Lock) {
            return call((Lock) target, method);
        }
        if (target instanceof Event) {
            return call((Event) target, method);
        }
        if (target instanceof Condition) {
            return call((Condition) target, method, (int) statement.numberOr("n", 1));
        }
        if (target instanceof Semaphore) {
            return call((Semaphore) target, method);
        }
        if (target instanceof Barrier) {
            return call((Barrier) target, method);
        }
        return call(queue(target), method, statement);
    }

    private static Object call(Lock lock, String method) {
        switch (method) {
            case "release":
                lock.release();
                return null;
            case "locked":
                return lock.locked();
            default:
                throw unsupported(lock, method);
        }
    }

    private static Object call(Event event, String method) {
        switch (method) {
            case "set":
                event.set();
                return null;
            case "clear":
                event.clear();
                return null;
            case "is_set":
                return event.isSet();
            default:
                throw unsupported(event, method);
        }
    }

    private static Object call(Condition condition, String method, int waiters) {
        switch (method) {
            case "release":
                condition.release();
                return null;
            case "locked":
                return condition.locked();
            case "notify":
                condition.notifyWaiters(waiters);
                return null;
            case "notify_all":
                condition.notifyAllWaiters();
                return null;
            default:
                throw unsupported(condition, method);
        }
    }

    private static Object call(Semaphore semaphore, String method) {
        switch (method) {
            case "release":
                semaphore.release();
                return null;
            case "locked":
                return semaphore.locked();
            default:
                throw unsupported(semaphore, method);
        }
    }

    private static Object call(Barrier barrier, String method) {
        switch (method) {
            case "parties":
                return barrier.parties();
            case "n_waiting":
                return barrier.nWaiting();
            case "broken":
                return barrier.broken();
            default:
                throw unsupported(barrier, method);
        }
    }

    private Object call(Queue<Object> queue, String method, Node statement) {
        switch (method) {
            case "put_nowait":
                queue.putNowait(variables.evaluate(statement.get("value")));
                return null;
            case "get_nowait":
                return queue.getNowait();
            case "task_done":
                queue.taskDone();
                return null;
            case "qsize":
                return queue.qsize();
            case "empty":
                return queue.empty();
            case "full":
                return queue.full();
            case "maxsize":
                return queue.maxsize();
            case "shutdown":
                queue.shutdown(statement.flag("immediate"));
                return null;
            default:
                throw unsupported(queue, method);
        }
    }

    /** The awaitables of the form {@code {"m": method, "obj": name}}. */
    @SuppressWarnings("unchecked")
    public Awaitable<Object> awaitable(Node expression) {
        return (Awaitable<Object>) coroutine(variables.get(expression.text("obj")), expression.text("m"), expression);
    }

    private Awaitable<?> coroutine(Object target, String method, Node expression) {
        if (target instanceof Queue) {
            return coroutine(queue(target), method, expression);
        }
        if (target instanceof Barrier) {
            return coroutine((Barrier) target, method);
        }
        switch (method) {
            case "acquire":
                return acquire(target);
            case "wait":
                return target instanceof Event ? ((Event) target).waitUntilSet() : ((Condition) target).waitForNotify();
            case "wait_for":
                return ((Condition) target).waitFor(() -> test(expression));
            default:
                throw unsupported(target, method);
        }
    }

    private static Awaitable<?> acquire(Object target) {
        if (target instanceof Lock) {
            return ((Lock) target).acquire();
        }
        return target instanceof Condition ? ((Condition) target).acquire() : ((Semaphore) target).acquire();
    }

    private Awaitable<?> coroutine(Queue<Object> queue, String method, Node expression) {
        switch (method) {
            case "put":
                return queue.put(variables.evaluate(expression.get("value")));
            case "get":
                return queue.get();
            case "join":
                return queue.join();
            default:
                throw unsupported(queue, method);
        }
    }

    private static Awaitable<?> coroutine(Barrier barrier, String method) {
        switch (method) {
            case "wait":
                return barrier.arrive();
            case "abort":
                return barrier.abort();
            case "reset":
                return barrier.reset();
            default:
                throw unsupported(barrier, method);
        }
    }

    private boolean test(Node expression) {
        boolean result = variables.test(expression.node("pred"));
        trace.logLabelled(expression, result);
        return result;
    }

    @SuppressWarnings("unchecked")
    private static Queue<Object> queue(Object target) {
        return (Queue<Object>) target;
    }

    private static ProgramFault unsupported(Object target, String method) {
        return new ProgramFault("unsupported method " + method + " of " + target);
    }
}
