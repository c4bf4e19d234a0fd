package dev.asyncio.engine.loop

import dev.asyncio.Carrier
import dev.asyncio.Coroutine
import dev.asyncio.TaskOptions
import dev.asyncio.engine.LoopImpl
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

/** What calls from a wrong thread can do to a loop: it ends its run instead of leaving the caller to wait. */
class BrokenLoopTest :
    StringSpec({
        class BrokenQueue : ReadyQueue() {
            var broken = false

            override fun poll(): ReadyItem {
                if (broken) throw NullPointerException("broken")
                return super.poll()
            }
        }

        "an error of the loop's own code on the stack of a body that has ended leaves run" {
            val queue = BrokenQueue()
            val loop = LoopImpl(carrier = Carrier.PLATFORM, ready = queue)
            loop.createTask(Coroutine { null }, TaskOptions.DEFAULT)
            loop.callSoon({ queue.broken = true }, null)
            loop.callSoon({}, null)
            shouldThrow<NullPointerException> { loop.runForever() }.message shouldBe "broken"
            loop.isRunning() shouldBe false
            loop.close()
        }
    })
