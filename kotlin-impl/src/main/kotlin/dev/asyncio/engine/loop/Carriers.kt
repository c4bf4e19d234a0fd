package dev.asyncio.engine.loop

import dev.asyncio.Carrier

/** Picks what carries the stacks of Java bodies. */
internal object Carriers {
    private const val PROPERTY = "dev.asyncio.carrier"

    /** The carrier asked for, by the caller or else by the system property; one that the JVM lacks is an error. */
    fun choose(asked: Carrier?): StackCarrier = when (asked?.takeUnless { it == Carrier.AUTO } ?: byProperty()) {
        Carrier.AUTO -> automatic()
        Carrier.PLATFORM -> ThreadCarrier.platform()
        Carrier.VIRTUAL -> ThreadCarrier.virtual()
        Carrier.LOOP -> MountedCarrier().also { VirtualThreads.requireSchedulable() }
    }

    private fun automatic(): StackCarrier = when {
        VirtualThreads.schedulable -> MountedCarrier()
        VirtualThreads.available -> ThreadCarrier.virtual()
        else -> ThreadCarrier.platform()
    }

    private fun byProperty(): Carrier {
        val name = System.getProperty(PROPERTY) ?: return Carrier.AUTO
        return Carrier.values().firstOrNull { it.name.equals(name, ignoreCase = true) }
            ?: throw IllegalArgumentException("system property $PROPERTY=$name must be auto, platform, virtual or loop")
    }
}
