package dev.asyncio.engine.tasks

/**
 * The tasks of a loop that are not done, in order of creation. Each knows its place in the array, so that it leaves at
 * once; gaps are closed when the array is full, and it grows if there are few. Loop thread only, but for [toSet].
 */
internal class TaskList {
    private var places = arrayOfNulls<TaskImpl<*>>(INITIAL_CAPACITY)
    private var end = 0
    private var size = 0

    fun add(task: TaskImpl<*>) {
        if (end == places.size) makeRoom()
        places[end] = task
        task.place = end++
        size++
    }

    /** Does nothing if the task is not in the list: one that ended in its eager step never was. */
    fun remove(task: TaskImpl<*>) {
        val place = task.place
        if (place < 0) return
        task.place = -1
        places[place] = null
        if (--size == 0) empty()
    }

    /** Any thread; on another than the loop's it may lack tasks that begin, or are moved, meanwhile. */
    fun toSet(): MutableSet<TaskImpl<*>> {
        val tasks = LinkedHashSet<TaskImpl<*>>()
        val places = places
        for (i in 0 until minOf(end, places.size)) places[i]?.let(tasks::add)
        return tasks
    }

    private fun empty() {
        end = 0
        if (places.size > KEPT_CAPACITY) places = arrayOfNulls(INITIAL_CAPACITY)
    }

    /** Half of the array is free afterwards, so that each task is moved once on average, at most. */
    private fun makeRoom() {
        val old = places
        if (size > old.size / 2) places = arrayOfNulls(old.size * 2)
        var place = 0
        for (task in old) {
            if (task == null) continue
            places[place] = task
            task.place = place++
        }
        if (places === old) old.fill(null, place, end)
        end = place
    }

    private companion object {
        const val INITIAL_CAPACITY = 16
        const val KEPT_CAPACITY = 1 shl 16
    }
}
