package dev.asyncio.subprocess

import dev.asyncio.Asyncio
import dev.asyncio.TimeoutException
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.component1
import dev.asyncio.coroutines.component2
import dev.asyncio.coroutines.createSubprocessExec
import dev.asyncio.coroutines.createSubprocessShell
import dev.asyncio.coroutines.lines
import dev.asyncio.coroutines.timeout
import dev.asyncio.support.Runs
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import java.io.File
import java.nio.file.NoSuchFileException
import kotlin.time.Duration.Companion.milliseconds

private val hasShell = File("/bin/sh").canExecute()

private fun real(block: suspend CoroutineScope.() -> Unit) = asyncio(Runs.onRealTime()) {
    block()
    // No body of a task needed a stack.
    Asyncio.getRunningLoop().toString() shouldContain "stacks=0"
}

/** Processes in suspend functions, and in coroutines of kotlinx that run in a task. */
class SubprocessSpec :
    FunSpec({
        test("outputs are a pair").config(enabled = hasShell) {
            real {
                val process = createSubprocessShell("cat; echo oops >&2", SubprocessOptions.PIPES)
                val (output, errors) = process.communicate("hello").await()
                output!!.decodeToString() shouldBe "hello"
                errors!!.decodeToString() shouldBe "oops\n"
                process.returnCode() shouldBe 0
            }
        }

        test("lines are a flow, and input is written meanwhile").config(enabled = hasShell) {
            real {
                val cat = createSubprocessExec("cat", options = SubprocessOptions.PIPES)
                val stdin = cat.stdin()!!
                launch {
                    repeat(1000) {
                        stdin.write("line $it\n")
                        stdin.drain().await()
                    }
                    stdin.close()
                }
                cat.stdout()!!.lines().toList() shouldBe List(1000) { "line $it" }
                cat.waitFor().await() shouldBe 0
            }
        }

        test("a timeout leaves the process running").config(enabled = hasShell) {
            real {
                val process = createSubprocessExec("sleep", "1000")
                shouldThrow<TimeoutException> { timeout(20.milliseconds) { process.waitFor().await() } }
                process.returnCode() shouldBe null
                process.kill()
                process.waitFor().await() shouldBe -9
            }
        }

        test("other dispatchers may await it").config(enabled = hasShell) {
            real {
                withContext(Dispatchers.Default) {
                    val process = createSubprocessShell("echo there", SubprocessOptions.PIPES)
                    process.communicate().await().stdoutText() shouldBe "there\n"
                }
            }
        }

        test("a program that is not there") {
            real {
                val error = shouldThrow<NoSuchFileException> { createSubprocessExec("no-such-program") }
                error.file shouldBe "no-such-program"
            }
        }
    })
