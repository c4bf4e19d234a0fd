package dev.asyncio.sync.stress

import dev.asyncio.support.Face
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.MethodSource

/** The same as [SyncStressTest], with fewer steps, since Java bodies are switched between threads. */
class SyncStressOnEveryFaceTest {
    @ParameterizedTest
    @MethodSource("dev.asyncio.support.Face#all")
    fun whateverHappensNothingIsLost(face: Face) = Stress.run(face, STEPS)

    private companion object {
        const val STEPS = 200_000L
    }
}
