package dev.asyncio.sync.stress

import dev.asyncio.QueueEmptyException
import dev.asyncio.QueueFullException
import dev.asyncio.QueueShutDownException
import dev.asyncio.engine.queues.FifoStore
import dev.asyncio.engine.queues.ItemStore
import dev.asyncio.engine.queues.LifoStore
import dev.asyncio.engine.queues.PriorityStore
import dev.asyncio.engine.queues.QueueImpl
import dev.asyncio.engine.sync.Waiters

/** How a queue orders its items. */
internal enum class QueueKind {
    FIFO {
        override fun store(): ItemStore<Int> = FifoStore()

        override fun next(items: List<Int>): Int = 0
    },
    LIFO {
        override fun store(): ItemStore<Int> = LifoStore()

        override fun next(items: List<Int>): Int = items.size - 1
    },
    PRIORITY {
        override fun store(): ItemStore<Int> = PriorityStore(compareBy { it % PRIORITIES })

        override fun next(items: List<Int>): Int = items.indices.minByOrNull { items[it] % PRIORITIES }!!
    }, ;

    abstract fun store(): ItemStore<Int>

    /** Which of [items], in the order in which they were put, comes out next. */
    abstract fun next(items: List<Int>): Int

    private companion object {
        const val PRIORITIES = 3
    }
}

/**
 * A queue: what is put comes out, once and in order; as long as somebody waits, those on their way are as many as the
 * items or the places; and who joins waits for all that was put.
 */
internal class QueueBench(
    round: Round,
    private val kind: QueueKind,
    private val maxsize: Int,
    private val getterLine: Waiters = Waiters(leavesWhenWoken = true),
    private val putterLine: Waiters = Waiters(leavesWhenWoken = true),
) : Bench(round, "$kind queue of $maxsize") {
    private val queue = QueueImpl(maxsize, kind.store(), getterLine, putterLine)
    private val getterWatch = LineWatch(this, round, getterLine)
    private val putterWatch = LineWatch(this, round, putterLine)
    private val getting = Calls()
    private val putting = Calls()
    private val joining = Calls()

    /** Those who joined before all was done. */
    private val released = HashSet<Actor>()

    /** What is in the queue, in the order in which it was put. */
    private val items = ArrayList<Int>()
    private var made = 0

    /** How many were taken out and are not done. */
    private var fetched = 0
    private var isShutDown = false

    private val isFull: Boolean get() = maxsize > 0 && items.size == maxsize

    override suspend fun use(actor: Actor) {
        try {
            when (round.random.nextInt(16)) {
                0 -> putNowait()
                1 -> getNowait(actor)
                2 -> join(actor)
                3 -> if (chance(of = 32)) {
                    shutdown()
                } else if (fetched == 0 && items.isEmpty()) {
                    doneTooOften()
                }
                in 4..9 -> put(actor)
                else -> get(actor)
            }
        } catch (e: QueueShutDownException) {
            if (!isShutDown) violated("$actor was told $e")
        }
    }

    private suspend fun put(actor: Actor) {
        val item = made++
        putting.during(actor) {
            if (round.isSuspending && chance(of = 2)) queue.awaitPut(item) else actor.body.await(queue.put(item))
            added(item)
        }
        round.log { "$actor has put $item" }
    }

    private fun putNowait() {
        val item = made++
        val wasFull = isFull
        try {
            queue.putNowait(item)
            added(item)
        } catch (_: QueueFullException) {
            ensure(wasFull && !isShutDown) { "it says that it is full" }
        }
    }

    private fun added(item: Int) {
        ensure(!isFull && !isShutDown) { "it took $item" }
        items.add(item)
    }

    private suspend fun get(actor: Actor) {
        getting.during(actor) {
            when (round.random.nextInt(3)) {
                0 -> took(if (round.isSuspending) queue.awaitGet() else actor.body.await(queue.get()), actor)
                1 -> took(actor.body.await(queue.get()), actor)
                else -> {
                    val iterator = queue.items()
                    if (!actor.body.await(iterator.advance())) {
                        ensure(isShutDown && items.isEmpty()) { "its items end" }
                        actor.sawNothing()
                        return
                    }
                    took(iterator.current(), actor)
                }
            }
        }
        try {
            round.work(actor, this)
        } finally {
            done()
        }
    }

    private fun getNowait(actor: Actor) {
        val wasEmpty = items.isEmpty()
        try {
            took(queue.getNowait(), actor)
            done()
        } catch (_: QueueEmptyException) {
            ensure(wasEmpty && !isShutDown) { "it says that it is empty" }
        }
    }

    private fun took(item: Int, actor: Actor) {
        round.log { "$actor has got $item" }
        ensure(items.isNotEmpty()) { "$item was there, but nobody has put it" }
        val expected = items.removeAt(kind.next(items))
        ensure(item == expected) { "$item came out before $expected" }
        fetched++
    }

    private fun done() {
        fetched--
        queue.taskDone()
        if (fetched == 0 && items.isEmpty()) allDone()
    }

    private fun allDone() {
        released.addAll(joining.toList())
    }

    private fun doneTooOften() {
        try {
            queue.taskDone()
        } catch (_: IllegalArgumentException) {
            return
        }
        violated("taskDone was called too often, and it let it pass")
    }

    private suspend fun join(actor: Actor) {
        val waits = fetched > 0 || items.isNotEmpty()
        try {
            joining.during(actor) {
                actor.body.await(queue.join())
                ensure(!waits || actor in released) { "$actor has joined, but not all is done" }
            }
        } finally {
            released -= actor
        }
    }

    private fun shutdown() {
        val immediate = chance(of = 2)
        round.log { "shut down, immediately: $immediate" }
        isShutDown = true
        if (immediate) items.clear()
        queue.shutdown(immediate)
        if (fetched == 0 && items.isEmpty()) allDone()
    }

    override fun check() {
        getterWatch.check()
        putterWatch.check()
        ensure(queue.qsize() == items.size) { "it has ${queue.qsize()} items instead of $items" }
        val unfinished = fetched + items.size
        ensure(queue.unfinished == unfinished.toLong()) { "${queue.unfinished} are unfinished instead of $unfinished" }
        checkLine("item", getterWatch, getting, items.size)
        checkLine("place", putterWatch, putting, maxsize - items.size)
    }

    private fun checkLine(what: String, watch: LineWatch, calls: Calls, available: Int) {
        ensure(watch.size <= calls.size) { "${watch.size} in line for each $what, but those who wait are $calls" }
        ensure(watch.woken == 0) { "who was woken has left the line" }
        // Who was cancelled in line will wake nobody.
        val onTheirWay = calls.size - watch.size
        ensure(watch.pending == 0 || onTheirWay >= available) {
            "a wake-up was lost: $available times $what, $onTheirWay on their way, ${watch.pending} wait"
        }
        ensure(!isShutDown || watch.pending == 0) { "it is shut down, but $calls wait" }
    }

    override fun checkWhenQuiet() {
        ensure(getterWatch.pending == getting.size) { "of $getting some are on the way, and do not run" }
        ensure(putterWatch.pending == putting.size) { "of $putting some are on the way, and do not run" }
        ensure(getting.isEmpty || items.isEmpty()) { "$getting wait for $items" }
        ensure(putting.isEmpty || isFull) { "$putting wait, but it is not full" }
        ensure(joining.count { it in released } == 0) { "all was done, but of $joining some wait" }
    }

    override fun checkAtEnd() {
        ensure(getterWatch.size == 0 && putterWatch.size == 0) { "it is left as $queue" }
        ensure(queue.qsize() == items.size) { "it is left as $queue" }
    }
}
