package dev.asyncio.conformance;

import dev.asyncio.Asyncio;
import dev.asyncio.Context;
import dev.asyncio.Future;
import dev.asyncio.Handle;
import dev.asyncio.Task;
import dev.asyncio.TaskGroup;
import dev.asyncio.TaskOptions;
import dev.asyncio.Timeout;
import dev.asyncio.TimerHandle;
import dev.asyncio.Token;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The statements that never suspend, and the bodies of callbacks, which hold nothing else. */
final class PlainStatements {
    private final Execution execution;
    private final Interpreter face;
    private final Variables variables;
    private final Trace trace;

    PlainStatements(Execution execution, Interpreter face) {
        this.execution = execution;
        this.face = face;
        this.variables = execution.variables();
        this.trace = execution.trace();
    }

    Returned run(Node statement, Throwable current) {
        switch (statement.text("op")) {
            case "log":
                trace.log(statement.text("label"), variables.evaluate(statement.get("value")));
                return null;
            case "return":
                return new Returned(variables.evaluate(statement.get("value")));
            case "raise":
                throw Errors.sneakyThrow(raised(statement));
            case "reraise":
                if (current == null) {
                    throw execution.fault("nothing to reraise");
                }
                throw Errors.sneakyThrow(current);
            case "set":
                variables.set(statement.text("var"), variables.evaluate(statement.get("value")));
                return null;
            case "add":
                long sum = variables.get(statement.text("var"), Long.class) + statement.number("n");
                variables.set(statement.text("var"), sum);
                return null;
            case "let":
                variables.set(statement.text("var"), face.awaitable(statement.node("aw")));
                return null;
            case "task":
                createTask(statement);
                return null;
            case "future":
                variables.set(statement.text("var"), execution.loop().createFuture());
                return null;
            case "set_result":
                target(statement).setResult(variables.evaluate(statement.get("value")));
                return null;
            case "set_exception":
                target(statement).setException(newError(statement));
                return null;
            case "cancel":
                Future<Object> target = target(statement);
                boolean cancelled = statement.isSet("msg") ? target.cancel(statement.text("msg")) : target.cancel();
                trace.logLabelled(statement, cancelled);
                return null;
            case "q":
                trace.logLabelled(statement, query(variables.get(statement.text("target")), statement.text("what")));
                return null;
            case "state":
                trace.log(statement.text("label"), trace.state(target(statement)));
                return null;
            case "add_cb":
                addDoneCallback(statement);
                return null;
            case "remove_cb":
                removeDoneCallback(statement);
                return null;
            case "call_soon":
            case "call_later":
            case "call_at":
                schedule(statement);
                return null;
            case "handle_cancel":
                variables.get(statement.text("target"), Handle.class).cancel();
                return null;
            case "time":
                trace.log(statement.text("label"), execution.loop().time());
                return null;
            case "busy":
                execution.advance(Duration.ofMillis(statement.number("ms")));
                return null;
            case "new":
                execution.syncOps().make(statement);
                return null;
            case "call":
                execution.syncOps().call(statement);
                return null;
            case "reschedule":
                variables.get(statement.text("target"), Timeout.class).reschedule(newDeadline(statement));
                return null;
            case "current_name":
                trace.log(statement.text("label"), currentName());
                return null;
            case "all_tasks":
                trace.log(
                        statement.text("label"),
                        Asyncio.allTasks(execution.loop()).size());
                return null;
            case "cvar_set":
                Token<Object> token =
                        execution.contextVar(statement.text("cvar")).set(variables.evaluate(statement.get("value")));
                if (statement.has("token")) {
                    variables.set(statement.text("token"), token);
                }
                return null;
            case "cvar_reset":
                resetContextVar(statement);
                return null;
            case "cvar_get":
                trace.log(
                        statement.text("label"),
                        execution.contextVar(statement.text("cvar")).get());
                return null;
            case "copy_context":
                variables.set(statement.text("var"), Context.copyContext());
                return null;
            default:
                throw execution.fault("unsupported op " + statement.text("op"));
        }
    }

    private Returned runAll(List<Node> statements, Throwable current) {
        for (Node statement : statements) {
            Returned returned = runInCallback(statement, current);
            if (returned != null) {
                return returned;
            }
        }
        return null;
    }

    private Returned runInCallback(Node statement, Throwable current) {
        switch (statement.text("op")) {
            case "try":
                return runTry(statement, current);
            case "repeat":
                return runRepeat(statement, current);
            case "if":
                return runAll(statement.nodes(variables.test(statement) ? "then" : "else"), current);
            default:
                return run(statement, current);
        }
    }

    private Returned runTry(Node statement, Throwable current) {
        try {
            Returned returned;
            try {
                returned = runAll(statement.nodes("body"), current);
            } catch (Throwable error) {
                Node clause = execution.clauseFor(statement, error);
                if (clause == null) {
                    throw error;
                }
                return runAll(clause.nodes("body"), error);
            }
            return returned == null ? runAll(statement.nodes("else"), current) : returned;
        } finally {
            if (execution.runsFinally(statement) && runAll(statement.nodes("finally"), null) != null) {
                execution.fault("return in finally");
            }
        }
    }

    private Returned runRepeat(Node statement, Throwable current) {
        for (long i = 0; i < statement.number("n"); i++) {
            if (statement.has("var")) {
                variables.set(statement.text("var"), i);
            }
            Returned returned = runAll(statement.nodes("body"), current);
            if (returned != null) {
                return returned;
            }
        }
        return null;
    }

    private Future<Object> target(Node statement) {
        return variables.future(statement.text("target"));
    }

    private Throwable raised(Node statement) {
        return statement.has("var")
                ? face.asRaisedHere(variables.get(statement.text("var"), Throwable.class))
                : newError(statement);
    }

    private Throwable newError(Node statement) {
        String type = statement.text("type");
        String message = statement.textOr("msg", null);
        return type.equals("CancelledError") ? face.newCancellation(message) : Errors.raised(type, message);
    }

    private void createTask(Node statement) {
        TaskOptions options = TaskOptions.DEFAULT.withName(statement.textOr("name", statement.text("var")));
        Context context = context(statement);
        if (context != null) {
            options = options.withContext(context);
        }
        TaskGroup group = statement.has("group") ? variables.get(statement.text("group"), TaskGroup.class) : null;
        Task<Object> task = face.createTask(statement.node("aw"), group, options);
        execution.addTask(task);
        variables.set(statement.text("var"), task);
    }

    private Context context(Node statement) {
        return statement.has("context") ? variables.get(statement.text("context"), Context.class) : null;
    }

    private Object query(Object target, String what) {
        switch (what) {
            case "done":
                return ((Future<?>) target).done();
            case "cancelled":
                return target instanceof Handle ? ((Handle) target).cancelled() : ((Future<?>) target).cancelled();
            case "result":
                return ((Future<?>) target).result();
            case "exception":
                return ((Future<?>) target).exception();
            case "cancelling":
                return ((Task<?>) target).cancelling();
            case "uncancel":
                return ((Task<?>) target).uncancel();
            case "get_name":
                return ((Task<?>) target).getName();
            case "expired":
                return ((Timeout) target).expired();
            case "when":
                return target instanceof Timeout ? ((Timeout) target).when() : ((TimerHandle) target).when();
            default:
                throw execution.fault("unsupported query " + what);
        }
    }

    private void addDoneCallback(Node statement) {
        Consumer<Future<Object>> callback = execution
                .doneCallbacks()
                .computeIfAbsent(statement.text("cb"), name -> future -> {
                    if (statement.isSet("label")) {
                        trace.log(statement.text("label"), trace.state(future));
                    }
                    runAll(statement.nodes("body"), null);
                });
        Context context = context(statement);
        if (context == null) {
            target(statement).addDoneCallback(callback);
        } else {
            target(statement).addDoneCallback(callback, context);
        }
    }

    private void removeDoneCallback(Node statement) {
        Consumer<Future<Object>> callback = execution.doneCallbacks().get(statement.text("cb"));
        if (callback == null) {
            throw execution.fault("unset callback " + statement.text("cb"));
        }
        trace.logLabelled(statement, target(statement).removeDoneCallback(callback));
    }

    private void schedule(Node statement) {
        Runnable callback = () -> {
            trace.logLabelled(statement, null);
            runAll(statement.nodes("body"), null);
        };
        Context context = context(statement);
        Handle handle = context == null ? schedule(statement, callback) : schedule(statement, callback, context);
        if (statement.has("var")) {
            variables.set(statement.text("var"), handle);
        }
    }

    private Handle schedule(Node statement, Runnable callback) {
        switch (statement.text("op")) {
            case "call_soon":
                return execution.loop().callSoon(callback);
            case "call_later":
                return execution.loop().callLater(Interpreter.millis(statement, "delay"), callback);
            default:
                return execution.loop().callAt(Interpreter.millis(statement, "when"), callback);
        }
    }

    private Handle schedule(Node statement, Runnable callback, Context context) {
        switch (statement.text("op")) {
            case "call_soon":
                return execution.loop().callSoon(callback, context);
            case "call_later":
                return execution.loop().callLater(Interpreter.millis(statement, "delay"), callback, context);
            default:
                return execution.loop().callAt(Interpreter.millis(statement, "when"), callback, context);
        }
    }

    private Duration newDeadline(Node statement) {
        return statement.has("in")
                ? execution.loop().time().plusMillis(statement.number("in"))
                : Interpreter.millis(statement, "when");
    }

    private static Object currentName() {
        Task<?> task = Asyncio.currentTask();
        if (task == null) {
            return null;
        }
        return task.getName().startsWith("Task-") ? "auto" : task.getName();
    }

    @SuppressWarnings("unchecked")
    private void resetContextVar(Node statement) {
        execution.contextVar(statement.text("cvar")).reset((Token<Object>)
                variables.get(statement.text("token"), Token.class));
    }
}
