package dev.asyncio.conformance;

import dev.asyncio.BrokenBarrierException;
import dev.asyncio.CancelledError;
import dev.asyncio.ExceptionGroup;
import dev.asyncio.InvalidStateException;
import dev.asyncio.QueueEmptyException;
import dev.asyncio.QueueFullException;
import dev.asyncio.QueueShutDownException;
import dev.asyncio.TimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/** What the exceptions of the SDK and of a program are called in the conformance language. */
final class Errors {
    /** Every other class means that something outside the program went wrong. */
    private static final List<String> RAISED_BY_PROGRAMS =
            Arrays.asList("ValueError", "RuntimeError", "KeyError", "TypeError", "IndexError", "TimeoutError");

    private Errors() {}

    static boolean isCancellation(Throwable error) {
        return error instanceof CancelledError || error instanceof CancellationException;
    }

    static ProgramException raised(String type, String message) {
        if (!RAISED_BY_PROGRAMS.contains(type)) {
            throw new ProgramFault("exception " + type);
        }
        return new ProgramException(type, message);
    }

    /** The name of an exception's type; null for one that no program can have caused. */
    static String typeName(Throwable error) {
        if (error instanceof ProgramException) {
            return ((ProgramException) error).type();
        }
        if (isCancellation(error)) {
            return "CancelledError";
        }
        if (error instanceof ExceptionGroup) {
            return "ExceptionGroup";
        }
        if (error instanceof TimeoutException) {
            return "TimeoutError";
        }
        if (error instanceof InvalidStateException) {
            return "InvalidStateError";
        }
        if (error instanceof QueueEmptyException) {
            return "QueueEmpty";
        }
        if (error instanceof QueueFullException) {
            return "QueueFull";
        }
        if (error instanceof QueueShutDownException) {
            return "QueueShutDown";
        }
        if (error instanceof BrokenBarrierException) {
            return "BrokenBarrierError";
        }
        if (error instanceof IllegalStateException) {
            return "RuntimeError";
        }
        return error instanceof IllegalArgumentException ? "ValueError" : null;
    }

    static boolean matches(Throwable error, List<String> types) {
        String name = typeName(error);
        return name != null
                && (types.contains(name)
                        || types.contains("BaseException")
                        || types.contains("Exception") && !isCancellation(error));
    }

    static String render(Throwable error) {
        if (error instanceof ExceptionGroup) {
            List<String> leaves = new ArrayList<>();
            collectLeaves((ExceptionGroup) error, leaves);
            Collections.sort(leaves);
            return "ExceptionGroup[" + String.join(", ", leaves) + "]";
        }
        String name = typeName(error);
        if (name == null) {
            return error.toString();
        }
        String message = error.getMessage();
        boolean shown = error instanceof ProgramException || isCancellation(error);
        return shown && message != null && !message.isEmpty() ? name + ": " + message : name;
    }

    private static void collectLeaves(ExceptionGroup group, List<String> leaves) {
        for (Throwable member : group.exceptions()) {
            if (member instanceof ExceptionGroup) {
                collectLeaves((ExceptionGroup) member, leaves);
            } else {
                leaves.add(render(member));
            }
        }
    }

    /** Class, message and where it came from, for a report. */
    static String describe(Throwable error) {
        String text = error + describeStack(error.getStackTrace());
        return error.getCause() == null ? text : text + "\n      caused by " + error.getCause();
    }

    static String describeStack(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .limit(12)
                .map(frame -> "\n        at " + frame)
                .collect(Collectors.joining());
    }

    /** Throws anything, as code that need not declare it. */
    @SuppressWarnings("unchecked")
    static <E extends Throwable> RuntimeException sneakyThrow(Throwable error) throws E {
        throw (E) error;
    }
}
