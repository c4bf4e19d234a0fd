package dev.asyncio.coroutines

import dev.asyncio.engine.await.awaitSuspending
import dev.asyncio.spi.NotOnAndroid
import dev.asyncio.subprocess.AsyncProcess
import dev.asyncio.subprocess.ProcessOutput
import dev.asyncio.subprocess.Subprocess
import dev.asyncio.subprocess.SubprocessOptions

/**
 * Starts a program; `asyncio.create_subprocess_exec`. As [Subprocess.exec] awaited.
 *
 * @param args the program, looked up in `PATH` unless it is a path, and its arguments
 */
@NotOnAndroid
public suspend fun createSubprocessExec(
    vararg args: String,
    options: SubprocessOptions = SubprocessOptions.DEFAULT,
): AsyncProcess = awaitSuspending(Subprocess.exec(options, *args))

/** Has the shell run a command; `asyncio.create_subprocess_shell`. As [Subprocess.shell] awaited. */
@NotOnAndroid
public suspend fun createSubprocessShell(
    command: String,
    options: SubprocessOptions = SubprocessOptions.DEFAULT,
): AsyncProcess = awaitSuspending(Subprocess.shell(command, options))

/** [ProcessOutput.stdout], for `val (output, errors) = process.communicate().await()`. */
@NotOnAndroid
public operator fun ProcessOutput.component1(): ByteArray? = stdout()

/** [ProcessOutput.stderr], for `val (output, errors) = process.communicate().await()`. */
@NotOnAndroid
public operator fun ProcessOutput.component2(): ByteArray? = stderr()
