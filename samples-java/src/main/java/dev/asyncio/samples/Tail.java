package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;

import dev.asyncio.Asyncio;
import dev.asyncio.KeyboardInterrupt;
import dev.asyncio.files.AsyncFile;
import dev.asyncio.files.FileWatcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Prints a file, and what is appended to it from then on, until Ctrl-C. Its one argument is the file. */
public final class Tail {
    private Tail() {}

    public static void main(String[] args) {
        Path path = Path.of(args[0]).toAbsolutePath();
        try {
            Asyncio.run(() -> follow(path));
        } catch (KeyboardInterrupt e) {
            System.out.println("stopped");
        }
    }

    // @start region="tail"
    static void follow(Path path) throws IOException {
        // Watched before it is read: what is written between the two is not missed.
        FileWatcher changes = await(FileWatcher.open(path), IOException.class);
        AsyncFile file = await(AsyncFile.open(path), IOException.class);
        await(file.enter(() -> {
            printTheRest(file);
            await(changes.forEach(change -> printTheRest(file)));
        }));
    }

    private static void printTheRest(AsyncFile file) {
        if (await(file.size()) < await(file.tell())) {
            System.out.println("-- truncated --");
            await(file.seek(0));
        }
        System.out.print(new String(await(file.read()), StandardCharsets.UTF_8));
    }
    // @end
}
