package dev.asyncio.engine.streams

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import java.nio.ByteBuffer
import kotlin.random.Random

/** The bytes of a reader that nobody has asked for yet. */
class ByteQueueTest {
    private val queue = ByteQueue()
    private val random = Random(5)

    private fun add(count: Int): ByteArray = random.nextBytes(count).also { queue.add(ByteBuffer.wrap(it)) }

    @Test
    fun whatWasTakenBelongsToTheTaker() {
        for (size in listOf(1, 512, 4096, 4097, 100_000)) {
            val first = add(size)
            val taken = queue.take(size)
            val second = add(size)
            assertArrayEquals(first, taken)
            taken.fill(0)
            assertArrayEquals(second, queue.take(size))
        }
    }

    @Test
    fun bytesComeOutAsTheyWentIn() {
        var expected = ByteArray(0)
        repeat(20_000) {
            if (random.nextBoolean()) {
                expected += add(random.nextInt(if (random.nextInt(10) == 0) 20_000 else 600))
            } else {
                val count = if (random.nextInt(4) == 0) queue.size else random.nextInt(queue.size + 1)
                when (random.nextInt(3)) {
                    0 -> assertArrayEquals(expected.copyOf(count), queue.take(count))
                    1 -> assertEquals(count, queue.takeInto(ByteBuffer.allocate(count)))
                    else -> queue.drop(count)
                }
                expected = expected.copyOfRange(count, expected.size)
            }
            assertEquals(expected.size, queue.size)
        }
        assertArrayEquals(expected, queue.take(expected.size))
    }
}
