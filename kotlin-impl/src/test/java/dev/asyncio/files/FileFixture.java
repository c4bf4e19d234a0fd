package dev.asyncio.files;

import static dev.asyncio.Asyncio.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.support.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A file of bytes for each test, which is not there before the test makes it. */
abstract class FileFixture {
    @TempDir
    Path directory;

    Path path;

    @BeforeEach
    void namesAFile() {
        path = directory.resolve("file");
    }

    interface OnFile {
        void run(AsyncFile file) throws Exception;
    }

    static void onFile(Path path, FileOptions options, OnFile body) {
        Runs.virtual(() -> {
            AsyncFile file = await(AsyncFile.open(path, options));
            await(file.enter(() -> body.run(file)));
            assertTrue(file.isClosed());
        });
    }

    void onFile(String mode, OnFile body) {
        onFile(path, FileOptions.DEFAULT.withMode(FileMode.of(mode)), body);
    }

    void holds(String text) throws IOException {
        Files.write(path, text.getBytes(UTF_8));
    }

    String held() throws IOException {
        return new String(Files.readAllBytes(path), UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
