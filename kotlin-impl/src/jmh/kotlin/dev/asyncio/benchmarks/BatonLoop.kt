package dev.asyncio.benchmarks

import java.util.ArrayDeque
import java.util.concurrent.locks.LockSupport

/**
 * The plainest way to have asyncio's order with threads: a thread for each body, and a loop thread that resumes the next one
 * and waits until it has yielded.
 */
internal class BatonLoop {
    private val ready = ArrayDeque<Body>()
    private lateinit var loopThread: Thread

    @Volatile private var loopsTurn = true
    private var current: Body? = null

    fun spawn(code: Runnable) {
        ready.add(Body(code))
    }

    fun yieldNow() {
        val me = current!!
        ready.add(me)
        suspend(me)
    }

    /** Runs until nobody is ready. */
    fun runAll() {
        loopThread = Thread.currentThread()
        while (true) {
            val body = ready.poll() ?: return
            current = body
            loopsTurn = false
            body.resume()
            while (!loopsTurn) LockSupport.park(this)
        }
    }

    private fun suspend(me: Body) {
        me.turn = false
        giveToLoop()
        while (!me.turn) LockSupport.park(this)
    }

    private fun giveToLoop() {
        loopsTurn = true
        LockSupport.unpark(loopThread)
    }

    private inner class Body(private val code: Runnable) : Runnable {
        private val thread = Thread(null, this, "body", STACK_BYTES).apply { isDaemon = true }
        private var started = false

        @Volatile var turn = false

        fun resume() {
            turn = true
            if (started) {
                LockSupport.unpark(thread)
            } else {
                started = true
                thread.start()
            }
        }

        override fun run() {
            code.run()
            giveToLoop()
        }
    }

    /** A queue for one item, one sender and one receiver. */
    inner class Slot {
        private var item: Any? = null
        private var waiter: Body? = null

        fun put(value: Any) {
            while (item != null) await()
            item = value
            wake()
        }

        fun take(): Any {
            while (true) {
                val value = item
                if (value != null) {
                    item = null
                    wake()
                    return value
                }
                await()
            }
        }

        private fun await() {
            val me = current!!
            waiter = me
            suspend(me)
        }

        private fun wake() {
            waiter?.let(ready::add)
            waiter = null
        }
    }

    companion object {
        const val STACK_BYTES = 256L * 1024
    }
}
