package dev.asyncio.engine.io

import dev.asyncio.streams.BaseProtocol
import dev.asyncio.streams.BufferedProtocol
import dev.asyncio.streams.Protocol

/** Refuses what is not of one of the two kinds that a stream can be read by. */
internal fun requireStreamProtocol(protocol: BaseProtocol) =
    require(protocol is BufferedProtocol || protocol is Protocol) { "a stream's protocol is wanted: $protocol" }
