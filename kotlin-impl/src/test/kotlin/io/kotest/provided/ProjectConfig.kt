package io.kotest.provided

import dev.asyncio.support.NothingLeftBehindInKotest
import io.kotest.core.config.AbstractProjectConfig
import io.kotest.core.extensions.Extension

/** Found by Kotest under this very name. */
class ProjectConfig : AbstractProjectConfig() {
    override val extensions: List<Extension> = listOf(NothingLeftBehindInKotest)
}
