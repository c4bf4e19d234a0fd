package dev.asyncio.vertx

import dev.asyncio.Asyncio
import dev.asyncio.coroutines.asFlow
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.await
import dev.asyncio.coroutines.createTask
import dev.asyncio.coroutines.openConnection
import dev.asyncio.coroutines.sleep
import dev.asyncio.queues.Queue
import dev.asyncio.streams.StreamWriter
import dev.asyncio.support.Oops
import dev.asyncio.support.Runs
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.vertx.core.Future
import io.vertx.core.Promise
import io.vertx.core.Vertx
import io.vertx.core.net.NetSocket
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.flow.first
import java.io.ByteArrayOutputStream
import kotlin.time.Duration

/** Futures and streams of Vert.x in suspend functions; the streams are those of sockets. */
class VertxSpec :
    FunSpec({
        test("a future's result and its failure are awaited") {
            asyncio(Runs.onVirtualTime()) {
                Future.succeededFuture(7).awaitResult() shouldBe 7
                shouldThrow<Oops> { Future.failedFuture<Int>(Oops("no")).awaitResult() }.message shouldBe "no"
            }
        }

        test("what comes after a cancellation is given back") {
            val back = ArrayList<String>()
            val promise = Promise.promise<String>()
            asyncio(Runs.onVirtualTime()) {
                val task = createTask { promise.future().awaitResult { back += it } }
                sleep(Duration.ZERO)
                task.cancel()
                shouldThrow<CancellationException> { task.await() }
                promise.complete("connection")
            }
            back shouldBe listOf("connection")
        }

        test("all bytes of a socket come in order, however slowly they are taken") {
            withConnection { theirs, ours ->
                val sent = ByteArray(1_000_000) { (it % 251).toByte() }
                val sending = createTask {
                    ours.write(sent)
                    ours.drain().await()
                    ours.close()
                }
                val received = ByteArrayOutputStream()
                theirs.asAsyncIterator().asFlow().collect { buffer ->
                    received.write(buffer.bytes)
                    sleep(Duration.ZERO)
                }
                sending.await()
                received.toByteArray().contentEquals(sent) shouldBe true
            }
        }

        test("who leaves the iteration gets no more, and another one goes on") {
            withConnection { theirs, ours ->
                ours.write("first")
                ours.drain().await()
                val elements = theirs.asAsyncIterator()
                elements.advance().await() shouldBe true
                elements.current().toString() shouldBe "first"
                elements.close().await()
                ours.write("second")
                ours.drain().await()
                theirs.asAsyncIterator().asFlow().first().toString() shouldBe "second"
                ours.close()
            }
        }
    })

/** A socket of Vert.x that is paused, and the writer at the other end of it. */
private fun withConnection(block: suspend (NetSocket, StreamWriter) -> Unit) =
    asyncio(Runs.onRealTime()) {
        val loop = Asyncio.getRunningLoop()
        val vertx = Vertx.vertx()
        try {
            val sockets = Queue<NetSocket>()
            val server = vertx.createNetServer().connectHandler { socket ->
                socket.pause()
                loop.callSoonThreadsafe { sockets.putNowait(socket) }
            }
            val port = server.listen(0, "127.0.0.1").awaitResult().actualPort()
            openConnection("127.0.0.1", port).use { connection -> block(sockets.get().await(), connection.writer()) }
        } finally {
            vertx.close().awaitResult()
        }
    }
