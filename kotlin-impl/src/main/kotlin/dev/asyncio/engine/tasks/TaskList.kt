package dev.asyncio.engine.tasks

/** The tasks of a loop that are not done, in order of creation; linked through the tasks. Loop thread only. */
internal class TaskList {
    private var first: TaskImpl<*>? = null
    private var last: TaskImpl<*>? = null

    fun add(task: TaskImpl<*>) {
        val end = last
        task.previous = end
        if (end == null) first = task else end.next = task
        last = task
    }

    /** Does nothing if the task is not in the list: one that ended in its eager step never was. */
    fun remove(task: TaskImpl<*>) {
        val before = task.previous
        val after = task.next
        if (before == null && first !== task) return
        if (before == null) first = after else before.next = after
        if (after == null) last = before else after.previous = before
        task.previous = null
        task.next = null
    }

    fun any(predicate: (TaskImpl<*>) -> Boolean): Boolean {
        var task = first
        while (task != null) {
            if (predicate(task)) return true
            task = task.next
        }
        return false
    }

    fun toSet(): MutableSet<TaskImpl<*>> {
        val tasks = LinkedHashSet<TaskImpl<*>>()
        var task = first
        while (task != null) {
            tasks.add(task)
            task = task.next
        }
        return tasks
    }
}
