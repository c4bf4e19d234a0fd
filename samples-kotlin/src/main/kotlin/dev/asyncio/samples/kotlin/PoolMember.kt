package dev.asyncio.samples.kotlin

import com.hazelcast.config.Config
import com.hazelcast.core.Hazelcast
import dev.asyncio.samples.kotlin.cli.refuse

/**
 * A process that computes what a `ProcessPool` gives it, until its standard input ends. The arguments are ports on this
 * machine: its own, and those of the others.
 */
// @start region="pool-member"
fun main(ports: Array<String>) {
    if (ports.isEmpty()) refuse("usage: PoolMember PORT [PORT-OF-ANOTHER...]")
    val config = Config()
        .setProperty("hazelcast.logging.type", "none")
        .setProperty("hazelcast.phone.home.enabled", "false")
    config.networkConfig.setPort(ports[0].toInt()).isPortAutoIncrement = false
    config.networkConfig.interfaces.setEnabled(true).addInterface("127.0.0.1")
    config.networkConfig.join.apply {
        autoDetectionConfig.isEnabled = false
        multicastConfig.isEnabled = false
        tcpIpConfig.setEnabled(true).members = ports.map { "127.0.0.1:$it" }
    }
    val member = Hazelcast.newHazelcastInstance(config)
    println("ready")
    System.`in`.readAllBytes() // it ends when the program that started this one does
    member.shutdown()
}
// @end
