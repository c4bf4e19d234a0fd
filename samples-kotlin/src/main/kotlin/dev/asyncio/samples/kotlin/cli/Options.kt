package dev.asyncio.samples.kotlin.cli

import kotlin.system.exitProcess

/**
 * What a sample is given as `--name value` or `--name=value`: those of these [names], each with its dashes. Anything else
 * ends the program, with a line that says why and the status 2.
 */
class Options(args: Array<String>, vararg names: String) {
    private val given = HashMap<String, String>()

    init {
        val rest = args.iterator()
        for (argument in rest) {
            val name = argument.substringBefore('=')
            if (name !in names) refuse("unknown argument $argument, known are ${names.joinToString()}")
            given[name] = when {
                '=' in argument -> argument.substringAfter('=')
                rest.hasNext() -> rest.next()
                else -> refuse("$argument needs a value")
            }
        }
    }

    fun text(name: String, otherwise: String): String = given[name] ?: otherwise

    fun number(name: String, otherwise: Int, range: IntRange): Int {
        val value = given[name] ?: return otherwise
        return value.toIntOrNull()?.takeIf { it in range }
            ?: refuse("$name has to be a number from ${range.first} to ${range.last}, and not $value")
    }
}

/** The port of a sample that has no other option. */
fun port(args: Array<String>, otherwise: Int): Int = Options(args, "--port").number("--port", otherwise, PORTS)

/** Ends the program. */
fun refuse(reason: String): Nothing {
    System.err.println(reason)
    exitProcess(2)
}

val PORTS = 0..65_535
