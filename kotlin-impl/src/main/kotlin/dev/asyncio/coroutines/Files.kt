package dev.asyncio.coroutines

import dev.asyncio.engine.files.closing
import dev.asyncio.files.AsyncCloseable
import dev.asyncio.spi.NotOnAndroid

/**
 * Runs [block] and closes this file, directory or watcher however the block ends; `async with`. As
 * [AsyncCloseable.enter], for a block that is given what was opened.
 *
 * If both the block and the closing fail, the exception of the closing is a suppressed one of the block's.
 */
@NotOnAndroid
public suspend fun <R : AsyncCloseable, T> R.use(block: suspend (R) -> T): T = closing(this) { block(this) }
