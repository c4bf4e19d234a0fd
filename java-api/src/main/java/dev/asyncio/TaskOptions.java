package dev.asyncio;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Immutable options of a new task; the keyword arguments of asyncio's {@code create_task}. */
public final class TaskOptions {
    /** A generated name, a copy of the current context, and the start that the loop's task factory gives. */
    public static final TaskOptions DEFAULT = new TaskOptions(null, null, null);

    private final @Nullable String name;
    private final @Nullable Context context;
    private final @Nullable Boolean eagerStart;

    private TaskOptions(@Nullable String name, @Nullable Context context, @Nullable Boolean eagerStart) {
        this.name = name;
        this.context = context;
        this.eagerStart = eagerStart;
    }

    /**
     * These options with a name.
     *
     * @param name the name, or null for a generated one
     * @return the new options
     */
    public TaskOptions withName(@Nullable String name) {
        return new TaskOptions(name, context, eagerStart);
    }

    /**
     * These options with a context.
     *
     * @param context used as it is, so that tasks with the same one see each other's changes; null for a copy of the
     *     current one
     * @return the new options
     */
    public TaskOptions withContext(@Nullable Context context) {
        return new TaskOptions(name, context, eagerStart);
    }

    /**
     * These options with another start.
     *
     * @param eagerStart true to run the body up to its first suspension within {@code createTask}, if the loop is
     *     running; false to start it in the next iteration; null to leave it to the loop's task factory
     * @return the new options
     */
    public TaskOptions withEagerStart(@Nullable Boolean eagerStart) {
        return new TaskOptions(name, context, eagerStart);
    }

    /**
     * See {@link #withName}.
     *
     * @return the name, or null
     */
    public @Nullable String name() {
        return name;
    }

    /**
     * See {@link #withContext}.
     *
     * @return the context, or null
     */
    public @Nullable Context context() {
        return context;
    }

    /**
     * See {@link #withEagerStart}.
     *
     * @return the kind of start, or null
     */
    public @Nullable Boolean eagerStart() {
        return eagerStart;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof TaskOptions)) {
            return false;
        }
        TaskOptions that = (TaskOptions) other;
        return Objects.equals(name, that.name)
                && Objects.equals(context, that.context)
                && Objects.equals(eagerStart, that.eagerStart);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, context, eagerStart);
    }

    @Override
    public String toString() {
        return "TaskOptions[name=" + name + ", context=" + context + ", eagerStart=" + eagerStart + "]";
    }
}
