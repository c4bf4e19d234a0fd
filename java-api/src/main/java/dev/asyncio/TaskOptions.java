package dev.asyncio;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Immutable options of a new task. */
public final class TaskOptions {
    /** A generated name, a copy of the current context, and a start as the task factory has it. */
    public static final TaskOptions DEFAULT = new TaskOptions(null, null, null);

    private final @Nullable String name;
    private final @Nullable Context context;
    private final @Nullable Boolean eagerStart;

    private TaskOptions(@Nullable String name, @Nullable Context context, @Nullable Boolean eagerStart) {
        this.name = name;
        this.context = context;
        this.eagerStart = eagerStart;
    }

    public TaskOptions withName(@Nullable String name) {
        return new TaskOptions(name, context, eagerStart);
    }

    public TaskOptions withContext(@Nullable Context context) {
        return new TaskOptions(name, context, eagerStart);
    }

    public TaskOptions withEagerStart(@Nullable Boolean eagerStart) {
        return new TaskOptions(name, context, eagerStart);
    }

    public @Nullable String name() {
        return name;
    }

    public @Nullable Context context() {
        return context;
    }

    public @Nullable Boolean eagerStart() {
        return eagerStart;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TaskOptions
                && Objects.equals(name, ((TaskOptions) other).name)
                && Objects.equals(context, ((TaskOptions) other).context)
                && Objects.equals(eagerStart, ((TaskOptions) other).eagerStart);
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
