package dev.asyncio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Several exceptions thrown together; Python's {@code ExceptionGroup}.
 *
 * <p>The members may be groups themselves. They are suppressed exceptions too, so that a stack trace shows them. The
 * message is the one given, followed by the number of members: {@code unhandled errors in a TaskGroup (2
 * sub-exceptions)}.
 */
public final class ExceptionGroup extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The message without the number of members. */
    private final String description;

    /** The members. */
    private final Throwable[] exceptions;

    /**
     * A group.
     *
     * @param message what the members have in common
     * @param exceptions the members, at least one, in order
     * @throws IllegalArgumentException if there is none, or if one is a {@link CancelledError} or a
     *     {@link KeyboardInterrupt}, which are no failures
     */
    public ExceptionGroup(String message, Collection<? extends Throwable> exceptions) {
        this(message, checked(exceptions));
    }

    private ExceptionGroup(String message, Throwable[] exceptions) {
        super(Objects.requireNonNull(message, "message") + count(exceptions.length));
        this.description = message;
        this.exceptions = exceptions;
        for (Throwable exception : exceptions) {
            addSuppressed(exception);
        }
    }

    private static Throwable[] checked(Collection<? extends Throwable> exceptions) {
        Throwable[] members = Objects.requireNonNull(exceptions, "exceptions").toArray(new Throwable[0]);
        if (members.length == 0) {
            throw new IllegalArgumentException("An exception group needs at least one exception");
        }
        for (Throwable member : members) {
            Objects.requireNonNull(member, "exceptions contain null");
            if (member instanceof CancelledError || member instanceof KeyboardInterrupt) {
                throw new IllegalArgumentException(
                        "A " + member.getClass().getSimpleName() + " cannot be a member of an exception group");
            }
        }
        return members;
    }

    private static String count(int members) {
        return members == 1 ? " (1 sub-exception)" : " (" + members + " sub-exceptions)";
    }

    /**
     * The members; Python's {@code exceptions}.
     *
     * @return an unmodifiable list in the order given
     */
    public List<Throwable> exceptions() {
        return Collections.unmodifiableList(Arrays.asList(exceptions));
    }

    /**
     * The part of this group that meets a condition; Python's {@code subgroup}.
     *
     * @param condition as for {@link #split}
     * @return a group with the same nesting, or null if nothing meets the condition
     */
    public @Nullable ExceptionGroup subgroup(Predicate<? super Throwable> condition) {
        return split(condition).matching();
    }

    /**
     * Divides this group in two, by a condition; Python's {@code split}.
     *
     * <p>Both halves keep message, cause, stack trace and nesting; groups that would be empty are left out.
     *
     * @param condition is asked about this group, and if that does not meet it, about each member, groups among them
     *     likewise; such as {@code IOException.class::isInstance}
     * @return the two halves
     */
    public Split split(Predicate<? super Throwable> condition) {
        Objects.requireNonNull(condition, "condition");
        if (condition.test(this)) {
            return new Split(this, null);
        }
        List<Throwable> matching = new ArrayList<>();
        List<Throwable> rest = new ArrayList<>();
        for (Throwable exception : exceptions) {
            if (exception instanceof ExceptionGroup) {
                Split parts = ((ExceptionGroup) exception).split(condition);
                if (parts.matching() != null) {
                    matching.add(parts.matching());
                }
                if (parts.rest() != null) {
                    rest.add(parts.rest());
                }
            } else {
                (condition.test(exception) ? matching : rest).add(exception);
            }
        }
        return new Split(derive(matching), derive(rest));
    }

    private @Nullable ExceptionGroup derive(List<Throwable> members) {
        if (members.isEmpty()) {
            return null;
        }
        ExceptionGroup group = new ExceptionGroup(description, members.toArray(new Throwable[0]));
        if (getCause() != null) {
            group.initCause(getCause());
        }
        group.setStackTrace(getStackTrace());
        return group;
    }

    /** The two halves of a group, see {@link ExceptionGroup#split}. */
    public static final class Split {
        private final @Nullable ExceptionGroup matching;
        private final @Nullable ExceptionGroup rest;

        private Split(@Nullable ExceptionGroup matching, @Nullable ExceptionGroup rest) {
            this.matching = matching;
            this.rest = rest;
        }

        /**
         * What meets the condition.
         *
         * @return a group, or null if nothing does
         */
        public @Nullable ExceptionGroup matching() {
            return matching;
        }

        /**
         * What does not meet the condition.
         *
         * @return a group, or null if everything does
         */
        public @Nullable ExceptionGroup rest() {
            return rest;
        }
    }
}
