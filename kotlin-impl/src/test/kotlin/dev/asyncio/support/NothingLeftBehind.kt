package dev.asyncio.support

import io.kotest.core.extensions.TestCaseExtension
import io.kotest.core.test.TestCase
import io.kotest.core.test.TestType
import io.kotest.engine.test.TestResult
import org.junit.jupiter.api.extension.AfterEachCallback
import org.junit.jupiter.api.extension.BeforeEachCallback
import org.junit.jupiter.api.extension.ExtensionContext
import org.opentest4j.AssertionFailedError

/** Fails every JUnit test that leaves something behind: see [Leftovers]. Registered for all tests of this module. */
class NothingLeftBehind :
    BeforeEachCallback,
    AfterEachCallback {
    override fun beforeEach(context: ExtensionContext) = Leftovers.begin()

    override fun afterEach(context: ExtensionContext) {
        val found = Leftovers.end()
        if (found.isNotEmpty()) throw found.toError(context.displayName)
    }
}

/** The same for every test of a Kotest spec. */
object NothingLeftBehindInKotest : TestCaseExtension {
    override suspend fun intercept(testCase: TestCase, execute: suspend (TestCase) -> TestResult): TestResult {
        if (testCase.type != TestType.Test) return execute(testCase)
        Leftovers.begin()
        val result = execute(testCase)
        val found = Leftovers.end()
        if (found.isEmpty()) return result
        val error = found.toError(testCase.name.name)
        val first = result.errorOrNull ?: return TestResult.Error(result.duration, error)
        first.addSuppressed(error)
        return result
    }
}

private fun List<String>.toError(test: String) =
    AssertionFailedError("$test left behind:" + joinToString(separator = "") { "\n  - $it" })
