package dev.asyncio.engine.context

import dev.asyncio.engine.tasks.isFatal
import dev.asyncio.spi.ThreadLocalAccess
import java.util.logging.Level
import java.util.logging.Logger

/**
 * The bindings of a context whose values thread-locals have while code of that context runs. Immutable, and few: one
 * for each thread-local that the program has made a context variable.
 */
internal class CarriedLocals private constructor(private val bindings: List<VarMap.Binding>) {
    private fun find(local: ThreadLocalAccess<*>?): VarMap.Binding? = bindings.firstOrNull { it.local === local }

    companion object {
        private val LOGGER = Logger.getLogger("asyncio")

        /**
         * Whether there is any such binding in this program: all that the others pay. Set before the first binding is,
         * which reaches other threads in no other way than safely.
         */
        @JvmField var inUse = false

        fun with(before: CarriedLocals?, added: VarMap.Binding): CarriedLocals {
            inUse = true
            return CarriedLocals(before?.bindings.orEmpty().filterNot { it.local === added.local } + added)
        }

        fun without(before: CarriedLocals?, removed: VarMap.Binding): CarriedLocals? =
            before?.bindings?.filterNot { it.local === removed.local }?.ifEmpty { null }?.let(::CarriedLocals)

        /**
         * Changes the calling thread from the values [before] to those of [next]. [own] has its own values of what is
         * in [before], and afterwards of what is in [next].
         */
        fun change(before: CarriedLocals?, next: CarriedLocals?, own: MutableMap<ThreadLocalAccess<*>, Any?>) {
            before?.bindings?.forEach { old ->
                val local = old.local!!
                if (next?.find(local) == null) write(local, own.remove(local))
            }
            next?.bindings?.forEach { new ->
                val local = new.local!!
                val old = before?.find(local)
                if (old == null) own[local] = read(local)
                if (old !== new) write(local, new.value)
            }
        }

        private fun read(local: ThreadLocalAccess<*>): Any? = try {
            local.get()
        } catch (e: Throwable) {
            failed(e)
            null
        }

        @Suppress("UNCHECKED_CAST")
        private fun write(local: ThreadLocalAccess<*>, value: Any?) = try {
            (local as ThreadLocalAccess<Any?>).set(value)
        } catch (e: Throwable) {
            failed(e)
        }

        /** The step in question goes on, for it could not tell what it failed for. */
        private fun failed(error: Throwable) {
            if (error.isFatal) throw error
            LOGGER.log(Level.WARNING, "A thread-local that is carried into tasks could not be read or set", error)
        }
    }
}
