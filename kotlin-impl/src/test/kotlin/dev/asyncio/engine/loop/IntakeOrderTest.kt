package dev.asyncio.engine.loop

import org.jetbrains.lincheck.LincheckAssertionError
import org.jetbrains.lincheck.datastructures.IntGen
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions
import org.jetbrains.lincheck.datastructures.Operation
import org.jetbrains.lincheck.datastructures.Options
import org.jetbrains.lincheck.datastructures.Param
import org.jetbrains.lincheck.datastructures.StressOptions
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource

/**
 * Producers offer while the consumer drains: each item comes out once, and in the order in which the offers took effect,
 * which holds what a thread offers in the order it was offered.
 */
internal class IntakeOrderTest {
    @Test
    fun modelCheckingFindsNothingLostDoubledOrOutOfOrder() = modelChecking().check(RealIntakeOperations::class)

    @Test
    fun stressFindsNothingLostDoubledOrOutOfOrder() = stress().check(RealIntakeOperations::class)

    @Test
    fun theCopyWithoutFlawPasses() = modelChecking().check(FlawlessCopyOperations::class)

    @ParameterizedTest
    @ValueSource(classes = [StackOrderOperations::class, WithoutSwapOperations::class])
    fun modelCheckingFindsTheFlaw(operations: Class<*>) {
        assertThrows<LincheckAssertionError> { modelChecking().check(operations.kotlin) }
    }

    @Test
    fun stressFindsTheFlaw() {
        assertThrows<LincheckAssertionError> { stress().check(StackOrderOperations::class) }
    }

    private fun modelChecking() = ModelCheckingOptions().bounded().invocationsPerIteration(300)

    private fun stress() = StressOptions().bounded().invocationsPerIteration(1_000)

    private fun <O : Options<O, *>> O.bounded(): O = iterations(5)
        .threads(3)
        .actorsPerThread(2)
        .actorsBefore(1)
        .actorsAfter(1)
        .sequentialSpecification(FifoSpecification::class.java)
        .minimizeFailedScenario(false)
}

/** What Lincheck interleaves. */
internal abstract class IntakeOperations(private val intake: TestedIntake) {
    @Operation
    fun offer(
        @Param(gen = IntGen::class) value: Int,
    ) = intake.offer(value)

    @Operation(nonParallelGroup = "consumer")
    fun drain(): List<Int> = intake.drain()
}

internal class RealIntakeOperations : IntakeOperations(RealIntake())

internal class FlawlessCopyOperations : IntakeOperations(FlawedIntake(Flaw.NONE))

internal class StackOrderOperations : IntakeOperations(FlawedIntake(Flaw.KEEPS_STACK_ORDER))

internal class WithoutSwapOperations : IntakeOperations(FlawedIntake(Flaw.TAKES_WITHOUT_SWAP))

/** The same, one after the other. */
internal class FifoSpecification {
    private var items = ArrayList<Int>()

    fun offer(value: Int) {
        items.add(value)
    }

    fun drain(): List<Int> = items.also { items = ArrayList() }
}
