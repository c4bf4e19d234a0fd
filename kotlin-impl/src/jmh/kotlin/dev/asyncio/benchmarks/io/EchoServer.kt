package dev.asyncio.benchmarks.io

import kotlin.concurrent.thread

/** An echo server, in a process of its own: prints its port, and serves until its standard input ends. */
object EchoServer {
    @JvmStatic
    fun main(arguments: Array<String>) {
        thread(isDaemon = true, name = "end-with-parent") {
            System.`in`.readBytes()
            Runtime.getRuntime().halt(0)
        }
        when (val contender = arguments.single()) {
            EchoContenders.NIO -> NioEcho.serve(::announce)
            EchoContenders.NETTY -> NettyEcho.serve(::announce)
            EchoContenders.SDK_CALLBACKS -> SdkEcho.serveByCallbacks(::announce)
            EchoContenders.SDK_KOTLIN -> SdkEcho.serveByStreams(::announce)
            else -> SdkEcho.serveByBodies(EchoContenders.CARRIERS.getValue(contender), ::announce)
        }
    }

    private fun announce(port: Int) {
        println(port)
        System.out.flush()
    }

    /** Connections come all at once. */
    const val BACKLOG = 1024

    const val HOST = "127.0.0.1"
}
