package dev.asyncio.engine.loop

/** The stacks that have a thread, linked through themselves: there may be a million of them. Holder of the baton only. */
internal class StackList {
    private var last: BodyStack? = null

    var size: Int = 0
        private set

    fun add(stack: BodyStack) {
        stack.older = last
        last?.newer = stack
        last = stack
        size++
    }

    fun remove(stack: BodyStack) {
        val older = stack.older
        val newer = stack.newer
        if (newer == null) last = older else newer.older = older
        older?.newer = newer
        stack.older = null
        stack.newer = null
        size--
    }

    /** Takes out all of them, oldest first. */
    fun takeAll(): List<BodyStack> {
        val all = ArrayList<BodyStack>(size)
        while (true) {
            val stack = last ?: break
            all.add(stack)
            remove(stack)
        }
        all.reverse()
        return all
    }
}
