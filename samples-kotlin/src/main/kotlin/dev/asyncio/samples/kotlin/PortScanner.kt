package dev.asyncio.samples.kotlin

import dev.asyncio.TimeoutException
import dev.asyncio.coroutines.asyncio
import dev.asyncio.coroutines.openConnection
import dev.asyncio.coroutines.timeout
import dev.asyncio.coroutines.withPermit
import dev.asyncio.samples.kotlin.cli.Options
import dev.asyncio.samples.kotlin.cli.PORTS
import dev.asyncio.sync.Semaphore
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import java.io.IOException
import java.net.UnknownHostException
import kotlin.time.Duration.Companion.seconds

/**
 * Tells which ports of a host are open, trying some of them at a time. `--host NAME`, `--from PORT`, `--to PORT`,
 * `--at-a-time N`. To be pointed at hosts of one's own.
 */
fun main(args: Array<String>) {
    val options = Options(args, "--host", "--from", "--to", "--at-a-time")
    val host = options.text("--host", "127.0.0.1")
    val ports = options.number("--from", 1, PORTS)..options.number("--to", 1024, PORTS)
    val atATime = options.number("--at-a-time", 100, 1..1000)
    asyncio {
        val open = PortScanner(host, ports, Semaphore(atATime)).scan()
        println("open ports of $host: $open")
    }
}

// @start region="port-scanner"
private class PortScanner(private val host: String, private val ports: IntRange, private val free: Semaphore) {
    private val open = ArrayList<Int>()
    private var tried = 0

    suspend fun scan(): List<Int> {
        coroutineScope {
            for (port in ports) launch { free.withPermit { probe(port) } }
        }
        return open
    }

    private suspend fun probe(port: Int) {
        try {
            timeout(2.seconds) { openConnection(host, port) }.close()
            open += port
        } catch (e: UnknownHostException) {
            throw e // so it is for every port
        } catch (_: IOException) {
            // closed
        } catch (_: TimeoutException) {
            // behind a wall
        }
        tried++
        if (tried % 100 == 0) println("tried $tried of ${ports.count()} ports, ${open.size} open")
    }
}
// @end
