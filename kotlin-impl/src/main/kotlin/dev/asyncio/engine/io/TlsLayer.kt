package dev.asyncio.engine.io

import dev.asyncio.TimerHandle
import dev.asyncio.engine.LoopImpl
import dev.asyncio.engine.io.ByteBuffers.EMPTY
import dev.asyncio.engine.io.ByteBuffers.drop
import dev.asyncio.engine.io.ByteBuffers.joined
import dev.asyncio.engine.io.ByteBuffers.kept
import dev.asyncio.engine.tasks.FutureImpl
import dev.asyncio.engine.tasks.isFatal
import dev.asyncio.engine.threads.runIn
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.streams.BaseProtocol
import dev.asyncio.streams.Protocol
import dev.asyncio.streams.StreamProtocol
import dev.asyncio.streams.TlsOptions
import dev.asyncio.streams.Transport
import java.io.IOException
import java.net.SocketException
import java.net.SocketTimeoutException
import java.nio.ByteBuffer
import java.util.logging.Level
import javax.net.ssl.SSLEngine
import javax.net.ssl.SSLEngineResult
import javax.net.ssl.SSLEngineResult.HandshakeStatus
import javax.net.ssl.SSLException
import javax.net.ssl.SSLHandshakeException

/**
 * TLS between a transport, whose protocol it is, and a protocol, whose transport is [transport]; asyncio's SSLProtocol
 * over an [SSLEngine]. Loop thread only.
 *
 * ```
 * UNWRAPPED --connectionMade--> DO_HANDSHAKE --done--> WRAPPED
 *                               WRAPPED --close, the peer's close or its end--> FLUSHING --flushed--> SHUTDOWN
 *     any --failure, abort, connectionLost--> UNWRAPPED
 * ```
 * What the engine calls its tasks, the costly parts of a handshake, runs on [TlsTasks]' threads; until they are done,
 * what arrives is kept.
 */
@NotOnAndroid
internal class TlsLayer(
    private val loop: LoopImpl,
    var protocol: StreamProtocol,
    private val engine: SSLEngine,
    private val options: TlsOptions,
    private val serverSide: Boolean,
    private var waiter: FutureImpl<Unit>?,
    /** Whether the protocol is told of the connection; one whose connection is upgraded knows of it. */
    tellsConnectionMade: Boolean = true,
) : Protocol,
    TrustedProtocol {
    private enum class State { UNWRAPPED, DO_HANDSHAKE, WRAPPED, FLUSHING, SHUTDOWN }

    private enum class AppState { INIT, CONNECTED, EOF, LOST }

    val transport = TlsTransport(loop, this, options)
    private val poller = SelectorPoller.of(loop)
    private var lower: TlsCapable? = null
    private var state = State.UNWRAPPED
    private var appState = if (tellsConnectionMade) AppState.INIT else AppState.CONNECTED
    private var handshakeTimer: TimerHandle? = null
    private var shutdownTimer: TimerHandle? = null
    private var lateWrites = 0

    /** Whether the engine's tasks run. */
    var tasksRun = false
        private set

    private var endReceived = false

    // What arrived and is not decrypted.
    private var incoming: ByteBuffer = EMPTY

    private var lowerReadingPaused = false

    private val sender = TlsSender(engine, poller) { lower?.write(it) }
    private val receiver = TlsReceiver(this, engine, poller)
    val marks = WaterMarks(loop, transport, DEFAULT_HIGH, pausesAtHigh = true)

    /** See [TlsTransport.writeWatcher]. */
    var writeWatcher: BaseProtocol? = null
    val writeProtocol: BaseProtocol get() = writeWatcher ?: protocol
    val readingPaused: Boolean get() = receiver.paused
    val sslEngine: SSLEngine get() = engine
    val isHandshakeDone: Boolean get() = appState != AppState.INIT || state == State.WRAPPED
    val lowerTransport: Transport? get() = lower
    val unsentSize: Long get() = sender.unsentSize

    // ---- what the lower transport tells

    override fun connectionMade(transport: Transport) {
        lower = transport as TlsCapable
        if (this.transport.isClosing) return transport.failTls(null) // whoever asked for it has been cancelled
        state = State.DO_HANDSHAKE
        handshakeTimer = loop.callLater(options.handshakeTimeout(), ::handshakeTimedOut, null)
        try {
            engine.beginHandshake()
        } catch (e: SSLException) {
            return handshakeFailed(e)
        }
        advance(EMPTY)
    }

    override fun dataReceived(data: ByteBuffer) {
        incoming = if (incoming.hasRemaining()) joined(incoming, data) else data
        advanceAll(incoming)
        if (incoming === data) incoming = data.kept()
        arrivedIsHandled()
    }

    /** What one state leaves is for the next. */
    private fun advanceAll(input: ByteBuffer) {
        do {
            val before = state
            advance(input)
        } while (state != before && input.hasRemaining() && !tasksRun)
    }

    /** After [advance] with [incoming], or with what has become it. */
    private fun arrivedIsHandled() {
        if (!incoming.hasRemaining() || state == State.UNWRAPPED) incoming = EMPTY
        val lower = lower ?: return
        val size = incoming.remaining()
        if (size >= READ_HIGH && !lowerReadingPaused) {
            lowerReadingPaused = true
            lower.pauseReading()
        } else if (size <= READ_LOW && lowerReadingPaused) {
            lowerReadingPaused = false
            lower.resumeReading()
        }
    }

    /** Goes on in the current state with what there is in [input]. */
    private fun advance(input: ByteBuffer) {
        if (tasksRun) return
        try {
            when (state) {
                State.DO_HANDSHAKE -> handshake(input)
                State.WRAPPED -> read(input)
                State.FLUSHING -> flush(input)
                State.SHUTDOWN -> shutDown(input)
                State.UNWRAPPED -> input.drop()
            }
        } catch (e: Throwable) {
            if (e.isFatal) throw e
            when {
                e !is SSLException -> failed(e)
                state == State.DO_HANDSHAKE -> handshakeFailed(e)
                else -> {
                    sendAlert()
                    failed(named("TLS connection", e, transport))
                }
            }
        }
    }

    override fun eofReceived(): Boolean {
        endReceived = true
        return !followEnd()
    }

    /** Goes on after the peer's end; whether this end may follow, because nothing that came before is left. */
    private fun followEnd(): Boolean {
        if (tasksRun) return false
        when (state) {
            State.DO_HANDSHAKE ->
                handshakeFailed(SocketException("the peer has closed the connection during the TLS handshake"))
            State.WRAPPED, State.FLUSHING, State.SHUTDOWN -> {
                if (state == State.WRAPPED) state = State.FLUSHING
                advance(incoming)
            }
            State.UNWRAPPED -> Unit
        }
        return !tasksRun && state != State.FLUSHING
    }

    override fun connectionLost(exception: Throwable?) {
        sender.clear()
        receiver.clear()
        incoming = EMPTY
        transport.markClosed()
        val inHandshake = state == State.DO_HANDSHAKE
        state = State.UNWRAPPED
        lower = null
        if (!inHandshake && (appState == AppState.CONNECTED || appState == AppState.EOF)) {
            val told = writeProtocol
            appState = AppState.LOST
            loop.callSoon({ told.connectionLost(exception) }, null)
        }
        wakeWaiter(exception ?: SocketException("the connection was closed during the TLS handshake"))
        handshakeTimer?.cancel()
        shutdownTimer?.cancel()
    }

    override fun pauseWriting() {
        sender.pause()
    }

    override fun resumeWriting() {
        sender.resume()
        controlAppWriting()
    }

    private fun wakeWaiter(failure: Throwable?) {
        val waiting = waiter ?: return
        waiter = null
        if (waiting.done()) return
        if (failure == null) waiting.setResult(Unit) else waiting.setException(failure)
    }

    // ---- handshake

    private fun handshake(input: ByteBuffer) {
        while (state == State.DO_HANDSHAKE) {
            val result = when (engine.handshakeStatus) {
                HandshakeStatus.NEED_TASK -> return runTasks()
                HandshakeStatus.NEED_WRAP -> sender.sendOwn()
                HandshakeStatus.NOT_HANDSHAKING, HandshakeStatus.FINISHED -> return handshakeDone(input)
                else -> receiver.unwrap(input)
            }
            if (result.handshakeStatus == HandshakeStatus.FINISHED) return handshakeDone(input)
            when (result.status) {
                SSLEngineResult.Status.BUFFER_UNDERFLOW -> return
                SSLEngineResult.Status.CLOSED -> throw SSLHandshakeException("the peer has refused the TLS handshake")
                else -> Unit
            }
        }
    }

    private fun handshakeDone(input: ByteBuffer) {
        handshakeTimer?.cancel()
        state = State.WRAPPED
        if (appState == AppState.INIT) {
            appState = AppState.CONNECTED
            protocol.connectionMade(transport)
        }
        wakeWaiter(null)
        // The protocol may have ended it.
        if (state != State.WRAPPED) return
        sender.sendBacklog()
        read(input)
    }

    private fun handshakeFailed(e: IOException) {
        handshakeTimer?.cancel()
        sendAlert()
        val named = named("TLS handshake", e, transport)
        state = State.UNWRAPPED
        failed(named)
        wakeWaiter(named)
    }

    /** Tells the peer why; what the engine has to say it says once it has failed. */
    private fun sendAlert() {
        try {
            if (engine.handshakeStatus == HandshakeStatus.NEED_WRAP) sender.sendOwn()
        } catch (e: SSLException) {
            if (loop.debug) TRANSPORT_LOGGER.log(Level.FINE, "$this: no alert was sent", e)
        }
    }

    private fun handshakeTimedOut() {
        if (state != State.DO_HANDSHAKE) return
        val seconds = options.handshakeTimeout().toMillis() / MILLIS_PER_SECOND
        failed(
            SocketTimeoutException(
                "the TLS handshake with ${peerOf(transport)} is taking longer than $seconds seconds: " +
                    "aborting the connection",
            ),
        )
    }

    private fun runTasks() {
        val tasks = generateSequence { engine.delegatedTask }.toList()
        tasksRun = true
        loop.runIn(TlsTasks.executor) { tasks.forEach(Runnable::run) }.addDoneCallback({ future ->
            tasksRun = false
            if (state != State.UNWRAPPED) {
                future.exception()?.let(::failed) ?: goOn()
            }
        }, null)
    }

    /** With what arrived meanwhile, and with an end that did. */
    private fun goOn() {
        advanceAll(incoming)
        if (endReceived && followEnd()) lower?.close()
        arrivedIsHandled()
    }

    // ---- reading

    private fun read(input: ByteBuffer) {
        if (!carriesData) return
        proceedHandshake()
        if (!readingPaused) receive(input)
        if (carriesData) sender.sendBacklog()
        flushSender()
    }

    private fun receive(input: ByteBuffer) {
        val closed = receiver.receive(input)
        if (closed && !receiver.hasRest) {
            callEofReceived()
            startShutdown()
        }
    }

    /** Whether there may be plain text to be had and to be sent. */
    val carriesData: Boolean get() = state == State.WRAPPED || state == State.FLUSHING

    /** Says what there is to say besides: the next step of another handshake, new keys. */
    fun proceedHandshake() {
        // After the peer's end the engine always wants to say something, which is ours to decide on.
        while (!tasksRun && !engine.isInboundDone) {
            when (engine.handshakeStatus) {
                HandshakeStatus.NEED_TASK -> runTasks()
                HandshakeStatus.NEED_WRAP -> if (sender.sendOwn().bytesProduced() == 0) return
                else -> return
            }
        }
    }

    private fun callEofReceived() {
        if (appState != AppState.CONNECTED) return
        appState = AppState.EOF
        try {
            if (protocol.eofReceived()) {
                TRANSPORT_LOGGER.warning("returning true from eofReceived() has no effect when using TLS")
            }
        } catch (e: Throwable) {
            failed(e, "Error calling eofReceived()")
        }
    }

    fun pauseReading() {
        receiver.paused = true
    }

    fun resumeReading() {
        if (!readingPaused) return
        receiver.paused = false
        loop.callSoon({ goOn() }, null)
    }

    // ---- writing

    fun write(data: ByteBuffer) {
        if (state != State.WRAPPED && state != State.DO_HANDSHAKE) {
            data.drop()
            if (lateWrites >= WRITES_UNTIL_WARNING) TRANSPORT_LOGGER.warning("TLS connection is closed")
            lateWrites++
            return
        }
        try {
            if (state == State.WRAPPED) sender.send(data) else sender.keep(data)
        } catch (e: SSLException) {
            data.drop()
            failed(e)
        }
        controlAppWriting()
    }

    private fun flushSender() {
        sender.flush()
        controlAppWriting()
    }

    private fun controlAppWriting() {
        if (appState == AppState.INIT) return
        marks.maybePause(writeProtocol, unsentSize)
        marks.maybeResume(writeProtocol, unsentSize)
    }

    // ---- the end

    fun startShutdown() {
        when (state) {
            State.DO_HANDSHAKE -> return abort(null)
            State.WRAPPED -> Unit
            State.FLUSHING -> if (!isHeldBack) return
            State.SHUTDOWN, State.UNWRAPPED -> return
        }
        transport.markClosed()
        state = State.FLUSHING
        shutdownTimer = loop.callLater(options.shutdownTimeout(), ::shutdownTimedOut, null)
        advance(incoming)
        arrivedIsHandled()
    }

    /** Whether the peer has ended, but the protocol wants to go on reading later, and has not closed. */
    private val isHeldBack: Boolean get() = readingPaused && shutdownTimer == null

    private fun shutdownTimedOut() {
        if (state != State.FLUSHING && state != State.SHUTDOWN) return
        lower?.failTls(SocketTimeoutException("TLS shutdown of ${peerOf(transport)} timed out"))
    }

    private fun flush(input: ByteBuffer) {
        read(input)
        if (state != State.FLUSHING || tasksRun || isHeldBack) return
        state = State.SHUTDOWN
        shutDown(input)
    }

    /** Says that this is the end, and waits for the peer to say so too, which it has to do before anything else. */
    private fun shutDown(input: ByteBuffer) {
        if (!engine.isOutboundDone) {
            engine.closeOutbound()
            var produced: Int
            do {
                produced = sender.sendOwn().bytesProduced()
            } while (produced > 0 && !engine.isOutboundDone)
        }
        flushSender()
        if (!endReceived && !receiver.peerHasClosed(input)) return
        callEofReceived()
        shutdownTimer?.cancel()
        loop.callSoon({ lower?.close() }, null)
    }

    fun abort(cause: Throwable?) {
        state = if (state == State.DO_HANDSHAKE) state else State.UNWRAPPED
        lower?.failTls(cause)
    }

    private fun failed(e: Throwable, message: String = "Fatal error on TLS protocol") {
        loop.reportFailure(e, message, this, transport, protocol)
        abort(e)
    }

    override fun toString(): String =
        "<TLS ${if (serverSide) "server" else "client"} ${state.name.lowercase()} over $lower>"

    @NotOnAndroid
    private companion object {
        // CPython's: for what is to be sent, and for what is not decrypted yet.
        const val DEFAULT_HIGH = 512 * 1024
        const val READ_HIGH = 256 * 1024
        const val READ_LOW = 64 * 1024
        const val MILLIS_PER_SECOND = 1000.0
    }
}
