package dev.asyncio.conformance;

import dev.asyncio.AsCompleted;
import dev.asyncio.AsyncIterator;
import dev.asyncio.Asyncio;
import dev.asyncio.Awaitable;
import dev.asyncio.CancelledError;
import dev.asyncio.Coroutine;
import dev.asyncio.Future;
import dev.asyncio.ReturnWhen;
import dev.asyncio.Task;
import dev.asyncio.TaskGroup;
import dev.asyncio.TaskOptions;
import dev.asyncio.Timeout;
import dev.asyncio.WaitResult;
import dev.asyncio.sync.Barrier;
import dev.asyncio.sync.Condition;
import dev.asyncio.sync.Lock;
import dev.asyncio.sync.Semaphore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Runs bodies as plain Java that waits with {@code Asyncio.await}. */
final class JavaInterpreter extends Interpreter {
    JavaInterpreter(Execution execution) {
        super(execution);
    }

    @Override
    public Coroutine<Object> coroutine(List<Node> statements) {
        return () -> Returned.valueOf(run(statements, null));
    }

    @Override
    protected Throwable newCancellation(String message) {
        return message == null ? new CancelledError() : new CancelledError(message);
    }

    @Override
    protected Throwable asRaisedHere(Throwable error) {
        return error instanceof CancellationException ? newCancellation(error.getMessage()) : error;
    }

    @Override
    protected Task<Object> createTask(Node expression, TaskGroup group, TaskOptions options) {
        @SuppressWarnings("unchecked")
        Coroutine<Object> body = (Coroutine<Object>) awaitable(expression);
        return group == null ? execution().loop().createTask(body, options) : group.createTask(body, options);
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    protected Awaitable<Object> awaitable(Node expression) {
        if (expression.has("var")) {
            return variables().get(expression.text("var"), Awaitable.class);
        }
        if (expression.has("coro")) {
            return execution().dealer().taskFace().coroutine(expression.nodes("coro"));
        }
        if (expression.has("sleep")) {
            Duration delay = millis(expression, "sleep");
            return expression.has("result")
                    ? Asyncio.sleep(delay, expression.get("result"))
                    : (Awaitable) Asyncio.sleep(delay);
        }
        if (expression.has("gather")) {
            List<Awaitable<Object>> arguments = awaitables(expression.nodes("gather"));
            return expression.flag("return_exceptions")
                    ? (Awaitable) Asyncio.gatherOutcomes(arguments)
                    : (Awaitable) Asyncio.gather(arguments);
        }
        if (expression.has("shield")) {
            return Asyncio.shield(awaitable(expression.node("shield")));
        }
        if (expression.has("ensure")) {
            return Asyncio.ensureFuture(awaitable(expression.node("ensure")));
        }
        if (expression.has("wait_for")) {
            return Asyncio.waitFor(awaitable(expression.node("wait_for")), millis(expression, "timeout"));
        }
        if (expression.has("wait")) {
            return Asyncio.coroutine(() -> waitFor(expression));
        }
        if (expression.has("m")) {
            return execution().syncOps().awaitable(expression);
        }
        throw execution().fault("unsupported awaitable " + expression);
    }

    private Object waitFor(Node expression) throws Exception {
        List<String> names = expression.texts("wait");
        List<Future<Object>> futures = futures(names);
        ReturnWhen returnWhen = ReturnWhen.valueOf(expression.textOr("return_when", "ALL_COMPLETED"));
        WaitResult<Object> result = Asyncio.await(Asyncio.wait(futures, millis(expression, "timeout"), returnWhen));
        return Arrays.asList(namesOf(names, futures, result.done()), namesOf(names, futures, result.pending()));
    }

    private Returned run(List<Node> statements, Throwable current) throws Exception {
        for (Node statement : statements) {
            Returned returned = run(statement, current);
            if (returned != null) {
                return returned;
            }
        }
        return null;
    }

    private Returned run(Node statement, Throwable current) throws Exception {
        switch (statement.text("op")) {
            case "await":
                runAwait(statement);
                return null;
            case "try":
                return runTry(statement, current);
            case "repeat":
                return runRepeat(statement, current);
            case "while":
                return runWhile(statement, current);
            case "if":
                return run(statement.nodes(variables().test(statement) ? "then" : "else"), current);
            case "with":
                return runWith(statement, current);
            case "timeout":
                return runTimeout(statement, current);
            case "taskgroup":
                TaskGroup group = new TaskGroup();
                variables().set(statement.text("var"), group);
                return Asyncio.await(group.enter(() -> run(statement.nodes("body"), current)));
            case "enter":
                return runEnter(statement, current);
            case "as_completed":
                return runAsCompleted(statement, current);
            case "as_completed_async":
                return runAsCompletedAsync(statement, current);
            default:
                return runPlain(statement, current);
        }
    }

    private void runAwait(Node statement) throws Exception {
        Node expression = statement.node("aw");
        Object value = expression.has("coro")
                ? Asyncio.await(execution().dealer().inlineFace(this).coroutine(expression.nodes("coro")))
                : Asyncio.await(awaitable(expression));
        if (statement.has("var")) {
            variables().set(statement.text("var"), value);
        }
        trace().logLabelled(statement, value);
    }

    private Returned runTry(Node statement, Throwable current) throws Exception {
        try {
            Returned returned;
            try {
                returned = run(statement.nodes("body"), current);
            } catch (Throwable error) {
                Node clause = execution().clauseFor(statement, seen(error));
                if (clause == null) {
                    throw error;
                }
                return run(clause.nodes("body"), error);
            }
            return returned == null ? run(statement.nodes("else"), current) : returned;
        } finally {
            if (execution().runsFinally(statement) && run(statement.nodes("finally"), null) != null) {
                returnInFinally();
            }
        }
    }

    /** A Java body sees a cancellation as {@link CancelledError} only, whichever face it comes from. */
    private Throwable seen(Throwable error) {
        return error instanceof CancellationException
                ? new ProgramFault("a Java body saw Kotlin's kind of cancellation", error)
                : error;
    }

    private Returned runRepeat(Node statement, Throwable current) throws Exception {
        for (long i = 0; i < statement.number("n"); i++) {
            if (statement.has("var")) {
                variables().set(statement.text("var"), i);
            }
            Returned returned = run(statement.nodes("body"), current);
            if (returned != null) {
                return returned;
            }
        }
        return null;
    }

    private Returned runWhile(Node statement, Throwable current) throws Exception {
        while (variables().test(statement)) {
            Returned returned = run(statement.nodes("body"), current);
            if (returned != null) {
                return returned;
            }
        }
        return null;
    }

    private Returned runWith(Node statement, Throwable current) throws Exception {
        Object target = variables().get(statement.text("obj"));
        if (target instanceof Barrier) {
            int index = Asyncio.await(((Barrier) target).arrive());
            trace().logLabelled(statement, index);
            return run(statement.nodes("body"), current);
        }
        Coroutine<Returned> body = () -> {
            trace().logLabelled(statement, null);
            return run(statement.nodes("body"), current);
        };
        if (target instanceof Lock) {
            return Asyncio.await(((Lock) target).hold(body));
        }
        return Asyncio.await(
                target instanceof Condition ? ((Condition) target).hold(body) : ((Semaphore) target).hold(body));
    }

    private Returned runTimeout(Node statement, Throwable current) throws Exception {
        boolean isAbsolute = statement.has("when");
        Duration limit = millis(statement, isAbsolute ? "when" : "delay");
        if (!statement.has("var") || !execution().isUsed(statement.text("var"))) {
            Coroutine<Returned> body = () -> run(statement.nodes("body"), current);
            return Asyncio.await(isAbsolute ? Asyncio.timeoutAt(limit, body) : Asyncio.timeout(limit, body));
        }
        Timeout timeout = isAbsolute ? Timeout.at(limit) : new Timeout(limit);
        variables().set(statement.text("var"), timeout);
        return Asyncio.await(timeout.enter(() -> run(statement.nodes("body"), current)));
    }

    private Returned runEnter(Node statement, Throwable current) throws Exception {
        Object entered = variables().get(statement.text("obj"));
        return entered instanceof Timeout
                ? Asyncio.await(((Timeout) entered).enter(() -> run(statement.nodes("body"), current)))
                : Asyncio.await(((TaskGroup) entered).enter(() -> run(statement.nodes("body"), current)));
    }

    private AsCompleted<Object> asCompleted(Node statement) {
        return Asyncio.asCompleted(awaitables(statement.nodes("on")), millis(statement, "timeout"));
    }

    private Returned runAsCompleted(Node statement, Throwable current) throws Exception {
        for (Coroutine<Object> next : asCompleted(statement)) {
            variables().set(statement.text("var"), next);
            Returned returned = run(statement.nodes("body"), current);
            if (returned != null) {
                return returned;
            }
        }
        return null;
    }

    private Returned runAsCompletedAsync(Node statement, Throwable current) throws Exception {
        AsyncIterator<Future<Object>> futures = asCompleted(statement).futures();
        while (Asyncio.await(futures.advance())) {
            variables().set(statement.text("var"), futures.current());
            Returned returned = run(statement.nodes("body"), current);
            if (returned != null) {
                return returned;
            }
        }
        return null;
    }
}
