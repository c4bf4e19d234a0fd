package dev.asyncio.conformance;

import dev.asyncio.Awaitable;
import dev.asyncio.Coroutine;
import dev.asyncio.Future;
import dev.asyncio.Task;
import dev.asyncio.TaskGroup;
import dev.asyncio.TaskOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the bodies of a program on one face: each statement of the language is one call of the public API. What the two
 * faces have in common is here and in {@link PlainStatements}; what suspends is written once for each.
 */
public abstract class Interpreter {
    private final Execution execution;
    private final PlainStatements plain;

    protected Interpreter(Execution execution) {
        this.execution = execution;
        this.plain = new PlainStatements(execution, this);
    }

    protected final Execution execution() {
        return execution;
    }

    protected final Variables variables() {
        return execution.variables();
    }

    protected final Trace trace() {
        return execution.trace();
    }

    /** A cold coroutine with these statements as its body. */
    public abstract Coroutine<Object> coroutine(List<Node> statements);

    /** What a body of this face raises for a cancellation of its own. */
    protected abstract Throwable newCancellation(String message);

    /** {@code error} as a body of this face would raise it: a cancellation may have been caught on the other face. */
    protected abstract Throwable asRaisedHere(Throwable error);

    /** Evaluates an awaitable where it stands; nothing of it is awaited. */
    protected abstract Awaitable<Object> awaitable(Node expression);

    /** {@code loop.create_task} or, where there is one, {@code group.create_task} of the coroutine {@code expression}. */
    protected abstract Task<Object> createTask(Node expression, TaskGroup group, TaskOptions options);

    /** Runs a statement that does not suspend. */
    protected final Returned runPlain(Node statement, Throwable current) {
        return plain.run(statement, current);
    }

    protected final List<Awaitable<Object>> awaitables(List<Node> expressions) {
        List<Awaitable<Object>> awaitables = new ArrayList<>(expressions.size());
        for (Node expression : expressions) {
            awaitables.add(awaitable(expression));
        }
        return awaitables;
    }

    /** The futures of a {@code wait}, looked up when the wait is awaited. */
    protected final List<Future<Object>> futures(List<String> names) {
        List<Future<Object>> futures = new ArrayList<>(names.size());
        for (String name : names) {
            futures.add(variables().future(name));
        }
        return futures;
    }

    /** The names whose futures are in {@code chosen}, in the order of the names. */
    protected static List<Object> namesOf(
            List<String> names, List<Future<Object>> futures, Iterable<? extends Future<?>> chosen) {
        List<Object> result = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            for (Future<?> future : chosen) {
                if (future == futures.get(i)) {
                    result.add(names.get(i));
                    break;
                }
            }
        }
        return result;
    }

    /** A time or a delay of the program; null is none. */
    protected static Duration millis(Node statement, String field) {
        return statement.isSet(field) ? Duration.ofMillis(statement.number(field)) : null;
    }

    protected final ProgramFault returnInFinally() {
        return execution.fault("return in finally");
    }
}
