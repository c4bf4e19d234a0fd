package dev.asyncio;

/** Makes the tasks of a loop; see {@link EventLoop#setTaskFactory}. */
@FunctionalInterface
public interface TaskFactory {
    Task<?> createTask(EventLoop loop, Coroutine<?> coroutine, TaskOptions options);
}
