package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;

import dev.asyncio.Asyncio;
import dev.asyncio.files.AsyncTextFile;
import dev.asyncio.files.FileMode;
import dev.asyncio.files.TemporaryDirectory;
import java.nio.file.Path;

/** What aiofiles shows first: a file is written, read as a whole, and read line by line. */
public final class ReadAndWrite {
    private ReadAndWrite() {}

    public static void main(String[] args) {
        Asyncio.run(() -> main());
    }

    static void main() {
        TemporaryDirectory directory = await(TemporaryDirectory.open());
        await(directory.enter(() -> {
            Path poem = directory.path().resolve("poem.txt");
            write(poem);
            read(poem);
        }));
    }

    // @start region="read-and-write"
    static void write(Path path) {
        AsyncTextFile file = await(AsyncTextFile.open(path, FileMode.WRITE));
        await(file.enter(() -> {
            await(file.write("Hold fast to dreams\n"));
            await(file.write("For if dreams die\n"));
        }));
    }

    static void read(Path path) {
        AsyncTextFile file = await(AsyncTextFile.open(path));
        await(file.enter(() -> {
            String contents = await(file.read());
            System.out.println(contents.length() + " characters");
            await(file.seek(0));
            await(file.lines().forEach(line -> System.out.println("line: " + line.strip())));
        }));
    }
    // @end
}
