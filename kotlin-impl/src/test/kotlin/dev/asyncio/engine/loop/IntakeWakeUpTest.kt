package dev.asyncio.engine.loop

import org.jetbrains.lincheck.LincheckAssertionError
import org.jetbrains.lincheck.datastructures.DSLScenarioBuilder
import org.jetbrains.lincheck.datastructures.DSLThreadScenario
import org.jetbrains.lincheck.datastructures.IntGen
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions
import org.jetbrains.lincheck.datastructures.Operation
import org.jetbrains.lincheck.datastructures.Param
import org.jetbrains.lincheck.datastructures.Validate
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource

/**
 * The consumer looks, and sleeps when there is nothing: whatever the interleaving with those who offer and wake, it never
 * sleeps on with an item in the intake or with something else to look at.
 */
internal class IntakeWakeUpTest {
    @Test
    fun noItemAndNoWakeIsSleptThrough() = modelCheck(RealIntakeSleeper::class.java)

    @Test
    fun theCopyWithoutFlawPasses() = modelCheck(FlawlessCopySleeper::class.java)

    @ParameterizedTest
    @ValueSource(classes = [WakesBeforeQueueing::class, LooksBeforeAnnouncing::class, ForgetsEarlyWake::class])
    fun theFlawIsFound(operations: Class<*>) {
        assertThrows<LincheckAssertionError> { modelCheck(operations) }
    }

    private fun modelCheck(operations: Class<*>) = ModelCheckingOptions()
        .addCustomScenario { againstConsumer { actor(Sleeper::offer, 1) } }
        .addCustomScenario { againstConsumer { actor(Sleeper::raiseAndWake) } }
        .addCustomScenario {
            againstConsumer {
                actor(Sleeper::offer, 1)
                actor(Sleeper::raiseAndWake)
                actor(Sleeper::offer, 2)
            }
        }
        .iterations(2) // of random scenarios besides
        .invocationsPerIteration(300)
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(0)
        .actorsAfter(0)
        .verifier(EpsilonVerifier::class.java) // what counts is the validation at the end
        .minimizeFailedScenario(false)
        .check(operations.kotlin)

    private fun DSLScenarioBuilder.againstConsumer(others: DSLThreadScenario.() -> Unit) = parallel {
        thread {
            actor(Sleeper::lookOrSleep)
            actor(Sleeper::lookOrSleep)
        }
        thread(others)
    }
}

/** What Lincheck interleaves: one consumer, and others who give it something to look at. */
internal abstract class Sleeper(make: (Parker) -> TestedIntake) {
    private val parker = Parker()
    private val intake = make(parker)
    private var asleep = false

    @Volatile private var raised = false

    @Operation
    fun offer(
        @Param(gen = IntGen::class) value: Int,
    ) = intake.offer(value)

    /** As a loop is told to throw KeyboardInterrupt: a flag is raised, and the consumer is woken to look at it. */
    @Operation
    fun raiseAndWake() {
        raised = true
        intake.wake()
    }

    @Operation(nonParallelGroup = "consumer")
    fun lookOrSleep() {
        if (asleep && !parker.woken) return
        asleep = false
        if (look()) return
        try {
            intake.await()
        } catch (_: FellAsleep) {
            asleep = true
        }
    }

    @Validate
    fun sleepsThroughNothing() {
        if (asleep && !parker.woken) check(!look()) { "the consumer sleeps, and there is something to look at" }
    }

    private fun look(): Boolean = (intake.drain().isNotEmpty() || raised).also { raised = false }
}

internal class RealIntakeSleeper : Sleeper(::RealIntake)

internal class FlawlessCopySleeper : Sleeper({ FlawedIntake(Flaw.NONE, it) })

internal class WakesBeforeQueueing : Sleeper({ FlawedIntake(Flaw.WAKES_BEFORE_QUEUEING, it) })

internal class LooksBeforeAnnouncing : Sleeper({ FlawedIntake(Flaw.LOOKS_BEFORE_ANNOUNCING, it) })

internal class ForgetsEarlyWake : Sleeper({ FlawedIntake(Flaw.FORGETS_EARLY_WAKE, it) })
