package dev.asyncio.conformance;

import dev.asyncio.Asyncio;
import dev.asyncio.ContextVar;
import dev.asyncio.Coroutine;
import dev.asyncio.EventLoop;
import dev.asyncio.ExceptionContext;
import dev.asyncio.Future;
import dev.asyncio.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** One run of one program: its loop, its variables, its trace, and which face runs which of its bodies. */
public final class Execution {
    private final ProgramLoop programLoop;
    private final EventLoop loop;
    private final Variables variables = new Variables();
    private final Trace trace;
    private final SyncOps syncOps;
    private final Dealer dealer;
    private final Map<String, ContextVar<Object>> contextVars = new HashMap<>();
    private final Map<String, Consumer<Future<Object>>> doneCallbacks = new HashMap<>();
    private final List<Task<Object>> tasks = new ArrayList<>();
    private final Set<String> namesUsed = new HashSet<>();
    private String fault;

    Execution(ProgramLoop programLoop, Face face) {
        this.programLoop = programLoop;
        this.loop = programLoop.loop();
        this.trace = new Trace(loop, variables);
        this.syncOps = new SyncOps(this);
        this.dealer = new Dealer(face, new JavaInterpreter(this), new KotlinInterpreter(this));
    }

    public EventLoop loop() {
        return loop;
    }

    /** A computation that takes {@code duration} and lets nobody else run. */
    void advance(Duration duration) {
        programLoop.advance(duration);
    }

    public Variables variables() {
        return variables;
    }

    public Trace trace() {
        return trace;
    }

    public SyncOps syncOps() {
        return syncOps;
    }

    public Dealer dealer() {
        return dealer;
    }

    Map<String, Consumer<Future<Object>>> doneCallbacks() {
        return doneCallbacks;
    }

    /** Whether a statement calls the object in this variable: if none does, it need not be at hand. */
    public boolean isUsed(String name) {
        return namesUsed.contains(name);
    }

    ContextVar<Object> contextVar(String name) {
        return contextVars.computeIfAbsent(name, it -> new ContextVar<>(it, null));
    }

    /** Runs until nothing can go on; the trace, the outcomes and the end, as an implementation must give them. */
    Result run(Node program) {
        program.collectTexts(namesUsed, Arrays.asList("target", "obj", "group"));
        loop.setExceptionHandler((loop, context) -> handle(context));
        Coroutine<Object> body = dealer.taskFace().coroutine(program.nodes("main"));
        Task<Object> main = loop.createTask(body, "main");
        if (program.flag("eager")) {
            loop.setTaskFactory(Asyncio.eagerTaskFactory());
        }
        tasks.add(main);
        programLoop.runUntilIdle();
        trace.close();
        List<Object> outcomes = new ArrayList<>();
        for (Task<Object> task : tasks) {
            List<Object> state = trace.state(task);
            outcomes.add(Arrays.asList(task.getName(), state.get(0), state.get(1)));
            noteFaultOf(task);
        }
        String end = main.done() ? "ok" : "deadlock";
        return fault == null ? Result.of(trace.events(), outcomes, end) : Result.failed(fault);
    }

    private void noteFaultOf(Task<Object> task) {
        if (task.done() && !task.cancelled() && task.exception() != null) {
            noteUnlessRaised(task.exception());
        }
    }

    /** Only what a callback raises is an event; reports such as "never retrieved" are not. */
    private void handle(ExceptionContext context) {
        if (context.exception() != null) {
            noteUnlessRaised(context.exception());
            if (context.message().startsWith("Exception in callback")) {
                trace.log("!handler", context.exception());
            }
        }
    }

    /** Ends the run early where it will not end by itself; from any thread. */
    void abandon() {
        if (!loop.isClosed()) {
            loop.callSoonThreadsafe(loop::stop);
        }
    }

    void addTask(Task<Object> task) {
        tasks.add(task);
    }

    boolean isClosed() {
        return trace.isClosed();
    }

    /** The except clause that takes {@code error}, its variable set and its event logged; null if there is none. */
    public Node clauseFor(Node statement, Throwable error) {
        if (isClosed()) {
            return null;
        }
        noteUnlessRaised(error);
        for (Node clause : statement.nodes("except")) {
            if (Errors.matches(error, clause.texts("types"))) {
                if (clause.has("var")) {
                    variables.set(clause.text("var"), error);
                }
                trace.logLabelled(clause, error);
                return clause;
            }
        }
        return null;
    }

    /** Whether {@code statement} has a finally clause that is to run: not where the loop is closed over a parked body. */
    public boolean runsFinally(Node statement) {
        return statement.has("finally") && !isClosed();
    }

    /** An exception that neither a program nor asyncio raises fails the program, whatever the trace looks like. */
    private void noteUnlessRaised(Throwable error) {
        if (Errors.typeName(error) == null && fault == null) {
            fault = Errors.describe(error);
        }
    }

    public ProgramFault fault(String message) {
        ProgramFault error = new ProgramFault(message);
        noteUnlessRaised(error);
        return error;
    }
}
