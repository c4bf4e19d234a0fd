package dev.asyncio.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Programs, one to a line. */
final class Corpus {
    private static final String PUBLIC = "/conformance/public.jsonl";

    private Corpus() {}

    /** The programs among the test resources. */
    static List<Case> ofResources() {
        try (InputStream stream = Corpus.class.getResourceAsStream(PUBLIC);
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return parse(reader.lines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Case> ofFile(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return parse(lines);
        }
    }

    private static List<Case> parse(Stream<String> lines) {
        return lines.filter(line -> !line.trim().isEmpty()).map(Case::parse).collect(Collectors.toList());
    }
}
