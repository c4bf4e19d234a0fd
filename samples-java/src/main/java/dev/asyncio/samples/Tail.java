package dev.asyncio.samples;

import static dev.asyncio.Asyncio.await;

import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.KeyboardInterrupt;
import dev.asyncio.files.AsyncFile;
import dev.asyncio.files.FileWatcher;
import dev.asyncio.samples.cli.Options;
import java.io.IOException;
import java.nio.file.Path;

/** Prints a file, and what is appended to it from then on, until Ctrl-C. Its one argument is the file. */
public final class Tail {
    private Tail() {}

    public static void main(String[] args) {
        if (args.length != 1) {
            throw Options.refuse("usage: Tail FILE");
        }
        Path path = Path.of(args[0]).toAbsolutePath();
        try {
            Asyncio.run(() -> follow(path));
        } catch (KeyboardInterrupt | CancelledError e) { // Ctrl-C, SIGTERM
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
        byte[] rest = await(file.read());
        System.out.write(rest, 0, rest.length); // as it is: it may end in the middle of a character
        System.out.flush();
    }
    // @end
}
