package dev.asyncio.engine.loop

import java.util.concurrent.atomic.AtomicReference

/** What the tests ask of an [Intake]: of the real one, and of broken ones, which the same tests have to find. */
internal interface TestedIntake {
    /** Producers. */
    fun offer(value: Int)

    /** Anybody: ends a wait that goes on or that comes next. */
    fun wake()

    /** The consumer. */
    fun drain(): List<Int>

    /** The consumer: returns once there may be something to drain. */
    fun await()
}

/** A consumer's sleep that takes no time: it falls asleep by throwing, and somebody may have woken it when it is looked at. */
internal class Parker {
    @Volatile
    var woken = false
        private set

    fun park() {
        if (!woken) throw FellAsleep()
        woken = false
    }

    fun unpark() {
        woken = true
    }
}

internal class FellAsleep : RuntimeException()

internal class RealIntake(private val parker: Parker = Parker()) : TestedIntake {
    private val intake = object : Intake() {
        override fun park(nanos: Long) = parker.park()

        override fun unpark(thread: Thread) = parker.unpark()
    }
    private val ready = ReadyQueue()

    override fun offer(value: Int) = intake.offer(Item(value))

    override fun wake() = intake.wake()

    override fun drain(): List<Int> {
        intake.drainTo(ready)
        return List(ready.size) { (ready.poll() as Item).value }
    }

    override fun await() {
        intake.await(Long.MAX_VALUE)
    }

    private class Item(val value: Int) : Intake.Node() {
        override fun run(): Unit = throw UnsupportedOperationException("an item is looked at, not run")
    }
}

/** Ways to get an intake wrong. */
internal enum class Flaw {
    /** The copy as it should be: what the others do wrong is then their flaw, not the copy. */
    NONE,
    WAKES_BEFORE_QUEUEING,
    LOOKS_BEFORE_ANNOUNCING,
    FORGETS_EARLY_WAKE,
    KEEPS_STACK_ORDER,
    TAKES_WITHOUT_SWAP,
}

/** The algorithm of [Intake] over values, with one [flaw]. */
internal class FlawedIntake(private val flaw: Flaw, private val parker: Parker = Parker()) : TestedIntake {
    private class Item(val value: Int, val next: Item?)

    private val head = AtomicReference<Item?>()

    @Volatile private var waiter: Thread? = null

    @Volatile private var woken = false

    override fun offer(value: Int) {
        if (flaw == Flaw.WAKES_BEFORE_QUEUEING && head.get() == null) unpark()
        while (true) {
            val first = head.get()
            if (head.compareAndSet(first, Item(value, first))) {
                if (first == null && flaw != Flaw.WAKES_BEFORE_QUEUEING) unpark()
                return
            }
        }
    }

    override fun wake() {
        if (flaw != Flaw.FORGETS_EARLY_WAKE) woken = true
        unpark()
    }

    private fun unpark() {
        if (waiter != null) parker.unpark()
    }

    override fun drain(): List<Int> {
        val taken = if (flaw == Flaw.TAKES_WITHOUT_SWAP) head.get().also { head.set(null) } else head.getAndSet(null)
        val values = generateSequence(taken) { it.next }.map { it.value }.toList()
        return if (flaw == Flaw.KEEPS_STACK_ORDER) values else values.asReversed()
    }

    override fun await() {
        if (flaw == Flaw.LOOKS_BEFORE_ANNOUNCING && head.get() != null) return
        waiter = Thread.currentThread()
        if (flaw == Flaw.LOOKS_BEFORE_ANNOUNCING || (head.get() == null && !woken)) parker.park()
        waiter = null
        woken = false
    }
}
