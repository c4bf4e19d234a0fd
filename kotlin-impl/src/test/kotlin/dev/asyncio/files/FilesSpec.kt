package dev.asyncio.files

import dev.asyncio.Asyncio
import dev.asyncio.coroutines.asFlow
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.sleep
import dev.asyncio.coroutines.use
import dev.asyncio.support.Oops
import dev.asyncio.support.Runs
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancel
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import java.nio.file.Files
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.time.Duration

private fun virtual(block: suspend CoroutineScope.() -> Unit) = asyncio(Runs.onVirtualTime(), block)

/** Files in suspend functions, and in coroutines of kotlinx that run in a task. */
class FilesSpec :
    FunSpec({
        test("lines are a flow") {
            virtual {
                AsyncTextFile.openTemporary().await().use { file ->
                    file.write("one\ntwo\n").await()
                    file.seek(0).await()
                    file.lines().asFlow().map { it.trim() }.toList() shouldBe listOf("one", "two")
                }
            }
        }

        test("use gives the block's result and closes") {
            virtual {
                val file = AsyncFile.openTemporary().await()
                file.use { it.path() } shouldBe file.path()
                file.isClosed shouldBe true
                Files.exists(file.path()) shouldBe false
            }
        }

        test("use closes after a failure") {
            virtual {
                val directory = TemporaryDirectory.open().await()
                shouldThrow<Oops> { directory.use { throw Oops("mine") } }.message shouldBe "mine"
                Files.exists(directory.path()) shouldBe false
            }
        }

        test("use in a launched coroutine that is cancelled closes") {
            virtual {
                val file = AsyncFile.openTemporary().await()
                launch(start = CoroutineStart.UNDISPATCHED) { file.use { awaitCancellation() } }.cancelAndJoin()
                file.isClosed shouldBe true
                Files.exists(file.path()) shouldBe false
            }
        }

        for ((name, context) in mapOf("the loop" to EmptyCoroutineContext, "another dispatcher" to Dispatchers.IO)) {
            test("use in a coroutine on $name that is cancelled closes, though the block ends as if it were not") {
                virtual {
                    val file = AsyncFile.openTemporary().await()
                    launch(context) { file.use { cancel() } }.join()
                    file.isClosed shouldBe true
                    Files.exists(file.path()) shouldBe false
                }
            }
        }

        test("a directory is deleted though whatever waits for that is cancelled") {
            virtual {
                val directory = TemporaryDirectory.open().await()
                val closing = createTask { directory.close().await() }
                sleep(Duration.ZERO)
                (Asyncio.allTasks() - Asyncio.currentTask()).forEach { it?.cancel() }
                shouldThrow<CancellationException> { closing.await() }
                directory.close().await()
                Files.exists(directory.path()) shouldBe false
            }
        }

        test("a file is used from another dispatcher") {
            virtual {
                AsyncTextFile.openTemporary().await().use { file ->
                    withContext(Dispatchers.Default) {
                        file.write("abc").await()
                        file.seek(0).await()
                        file.read(2).await() shouldBe "ab"
                        file.read(1).await() shouldBe "c"
                    }
                }
            }
        }
    })
