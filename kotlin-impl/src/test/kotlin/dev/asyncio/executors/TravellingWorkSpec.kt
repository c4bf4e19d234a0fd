package dev.asyncio.executors

import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.inExecutor
import dev.asyncio.support.Runs
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.booleans.shouldBeFalse
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeSameInstanceAs
import java.io.Serializable

private class Luggage : Serializable {
    companion object {
        private const val serialVersionUID = 1L
    }
}

/** Kotlin's lambdas in the executor service of a cluster. */
class TravellingWorkSpec :
    FunSpec({
        test("a lambda that is marked as serializable travels, with what it holds") {
            val luggage = Luggage()
            asyncio(Runs.onVirtualTime()) {
                val arrived =
                    inExecutor(ClusterExecutor(ClusterExecutor.Kind.STAGES), @JvmSerializableLambda { luggage })
                (arrived === luggage).shouldBeFalse()
            }
        }

        test("any other stays") {
            val luggage = Luggage()
            asyncio(Runs.onVirtualTime()) {
                inExecutor(ClusterExecutor(ClusterExecutor.Kind.STAGES)) { luggage } shouldBeSameInstanceAs luggage
                inExecutor(null, @JvmSerializableLambda { 7 }) shouldBe 7
            }
        }
    })
