package dev.asyncio.samples.docs;

import dev.asyncio.samples.SampleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The project's documents. */
final class Documents {
    private Documents() {}

    /** README.md, and everything below docs. */
    static List<Path> all() throws IOException {
        List<Path> documents = new ArrayList<>();
        documents.add(SampleFiles.ROOT.resolve("README.md"));
        try (Stream<Path> files = Files.walk(SampleFiles.ROOT.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        return documents;
    }

    /** A document's path within the project, the same on every system. */
    static String name(Path document) {
        return SampleFiles.ROOT.relativize(document).toString().replace('\\', '/');
    }
}
