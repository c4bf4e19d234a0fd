package dev.asyncio;

/**
 * Makes the tasks of a loop; what asyncio's {@code set_task_factory} takes.
 *
 * @see EventLoop#setTaskFactory
 * @see Asyncio#eagerTaskFactory()
 */
@FunctionalInterface
public interface TaskFactory {
    /**
     * Makes one task, usually by {@link Task#create}. Its type is that of the coroutine, though a lambda cannot say so.
     *
     * @param loop the loop that asks
     * @param coroutine the body
     * @param options context and start, where they were given; as in CPython 3.13 the name is set afterwards
     * @return a task of that loop with that body
     */
    Task<?> createTask(EventLoop loop, Coroutine<?> coroutine, TaskOptions options);
}
