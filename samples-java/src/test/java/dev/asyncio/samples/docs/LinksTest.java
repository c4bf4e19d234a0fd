package dev.asyncio.samples.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents link to within the project is there. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("]\\((?!\\w+:)([^)#]+)[^)]*\\)");

    static List<Path> documents() throws IOException {
        return Documents.all();
    }

    private static List<String> links(String text) {
        List<String> links = new ArrayList<>();
        for (Matcher link = LINK.matcher(text); link.find(); ) {
            links.add(link.group(1));
        }
        return links;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void leadSomewhere(Path document) throws IOException {
        List<String> dead = links(Files.readString(document));
        dead.removeIf(link -> Files.exists(document.resolveSibling(link)));

        assertEquals(List.of(), dead);
    }

    @Test
    void areFoundInText() throws IOException {
        assertEquals(
                List.of("a.md", "b/c.md"), links("[a](a.md), [b](b/c.md#part), [c](https://example.org), [d](#part)"));
        assertFalse(links(Files.readString(Documents.all().get(0))).isEmpty());
    }
}
