package dev.asyncio.engine.files

import dev.asyncio.AsyncIterator
import dev.asyncio.Coroutine
import dev.asyncio.engine.LoopImpl
import dev.asyncio.files.AsyncTextFile
import dev.asyncio.files.FileMode
import dev.asyncio.spi.NotOnAndroid
import java.nio.charset.Charset

/** An open file of text. Loop thread only. */
@NotOnAndroid
internal class AsyncTextFileImpl(loop: LoopImpl, bytes: ByteFile, mode: FileMode, private val charset: Charset) :
    OpenFileImpl(loop, bytes, mode),
    AsyncTextFile {
    private val text = TextFile(bytes, charset)
    private val readingLine = Reading(text::lineAhead, text::readLine)

    override fun charset(): Charset = charset

    override fun read(): Coroutine<String> = Reading({ null }, text::readAll)

    override fun read(n: Int): Coroutine<String> {
        require(n >= 0) { "cannot read $n chars" }
        return Reading({ text.charsAhead(n) }, { text.read(n) })
    }

    override fun readLine(): Coroutine<String> = readingLine

    override fun lines(): AsyncIterator<String> = Lines(readingLine) { it.isEmpty() }

    override fun write(text: String): Coroutine<Int> = Blocking("write to ${path()}", ::checkWritable) {
        this.text.write(text)
        text.length
    }

    override fun mark(): () -> Unit = text.mark()

    override fun tellNow(): Long = text.position()

    override fun seekNow(position: Long): Long = text.seek(position)

    override fun settleNow() = text.settle()
}
