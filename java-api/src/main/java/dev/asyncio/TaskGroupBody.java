package dev.asyncio;

/** The block of {@link Asyncio#taskGroup}. */
@FunctionalInterface
public interface TaskGroupBody {
    /**
     * Starts tasks in the group, and does whatever else the block is to do.
     *
     * @param group the group, entered
     * @throws Exception whatever the block fails with; it becomes a member of the {@link ExceptionGroup}
     */
    void run(TaskGroup group) throws Exception;
}
