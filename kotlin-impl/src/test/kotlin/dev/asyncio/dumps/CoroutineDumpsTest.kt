package dev.asyncio.dumps

import dev.asyncio.support.ChildJvm
import dev.asyncio.support.Jdk
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** Kotlin bodies in the dumps of kotlinx-coroutines-debug, by the names of their tasks. */
class CoroutineDumpsTest {
    @Test
    fun bodiesHaveTheirTasksNamesAndTheirStates() {
        ChildJvm.with(*flags()).start(DumpedProgram::class.java).use { jvm ->
            assertEquals(
                listOf(
                    "caller SUSPENDED active in waitForItem",
                    "consumer SUSPENDED active in waitForItem",
                    "main RUNNING active in invokeSuspend",
                    "parent SUSPENDED active in invokeSuspend",
                    "parent SUSPENDED active in invokeSuspend",
                    "the dump has tasks",
                    "0 left",
                ),
                jvm.lines(),
            )
        }
    }

    /** Newer JDKs warn of agents that are loaded late, and of native code. */
    private fun flags(): Array<String> = if (Jdk.feature() < 21) {
        emptyArray()
    } else {
        arrayOf("-XX:+EnableDynamicAgentLoading", "--enable-native-access=ALL-UNNAMED")
    }
}
