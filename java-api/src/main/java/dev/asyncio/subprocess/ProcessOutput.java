package dev.asyncio.subprocess;

import dev.asyncio.spi.NotOnAndroid;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a process has written: the pair that asyncio's {@code communicate} gives. */
@NotOnAndroid
public final class ProcessOutput {
    private final byte @Nullable [] stdout;
    private final byte @Nullable [] stderr;

    /**
     * A pair.
     *
     * @param stdout the standard output, or null
     * @param stderr the standard error, or null
     */
    public ProcessOutput(byte @Nullable [] stdout, byte @Nullable [] stderr) {
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /**
     * The standard output.
     *
     * @return the bytes; null if it was not a pipe
     */
    public byte @Nullable [] stdout() {
        return stdout;
    }

    /**
     * The standard error.
     *
     * @return the bytes; null if it was not a pipe
     */
    public byte @Nullable [] stderr() {
        return stderr;
    }

    /**
     * The standard output as text in UTF-8.
     *
     * @return the text; {@code ""} if it was not a pipe
     */
    public String stdoutText() {
        return stdoutText(StandardCharsets.UTF_8);
    }

    /**
     * The standard output as text.
     *
     * @param charset how it is encoded
     * @return the text; {@code ""} if it was not a pipe
     */
    public String stdoutText(Charset charset) {
        return stdout == null ? "" : new String(stdout, charset);
    }

    /**
     * The standard error as text in UTF-8.
     *
     * @return the text; {@code ""} if it was not a pipe
     */
    public String stderrText() {
        return stderrText(StandardCharsets.UTF_8);
    }

    /**
     * The standard error as text.
     *
     * @param charset how it is encoded
     * @return the text; {@code ""} if it was not a pipe
     */
    public String stderrText(Charset charset) {
        return stderr == null ? "" : new String(stderr, charset);
    }

    @Override
    public String toString() {
        return "<ProcessOutput stdout=" + sizeOf(stdout) + " stderr=" + sizeOf(stderr) + ">";
    }

    private static String sizeOf(byte @Nullable [] bytes) {
        return bytes == null ? "none" : bytes.length + " bytes";
    }
}
