package dev.asyncio.sync.stress

/** A thing that actors contend for, with a model of it beside it that is made of nothing but what they have seen. */
internal abstract class Bench(protected val round: Round, private val name: String) {
    /** Does something with it. */
    abstract suspend fun use(actor: Actor)

    /** Between any two steps of the loop. */
    abstract fun check()

    /** When nothing is ready: nobody was woken who has not run. */
    abstract fun checkWhenQuiet()

    /** When all actors have ended. */
    abstract fun checkAtEnd()

    protected fun chance(of: Int): Boolean = round.random.nextInt(of) == 0

    protected inline fun ensure(condition: Boolean, message: () -> String) =
        round.ensure(condition) { "$this: ${message()}" }

    protected fun violated(message: String): Nothing = round.violated("$this: $message")

    override fun toString(): String = name
}

/** The calls of an operation that have not come back, in the order in which they were made. */
internal class Calls {
    private val callers = ArrayList<Actor>()

    val size: Int get() = callers.size

    val isEmpty: Boolean get() = callers.isEmpty()

    operator fun contains(actor: Actor): Boolean = actor in callers

    fun begin(actor: Actor) {
        callers.add(actor)
    }

    fun end(actor: Actor) {
        callers.remove(actor)
    }

    suspend inline fun <T> during(actor: Actor, call: () -> T): T {
        begin(actor)
        try {
            return actor.seeing { call() }
        } finally {
            end(actor)
        }
    }

    /** Somebody who called before [actor], still waits and was not cancelled; null for nobody. */
    fun overtakenBy(actor: Actor): Actor? {
        for (other in callers) {
            if (other === actor) return null
            if (!other.isCancelled) return other
        }
        return null
    }

    fun toList(): List<Actor> = callers.toList()

    inline fun count(predicate: (Actor) -> Boolean): Int = toList().count(predicate)

    override fun toString(): String = callers.toString()
}
