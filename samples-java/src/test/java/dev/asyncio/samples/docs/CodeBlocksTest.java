package dev.asyncio.samples.docs;

import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.samples.SampleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents show of Java and Kotlin is code that is compiled and run: a region of a sample or of a test. */
class CodeBlocksTest {
    private static final Map<String, String> ENDINGS = Map.of("java", ".java", "kotlin", ".kt");

    private static List<Path> sources() {
        return Stream.of(
                        "samples-java/src",
                        "samples-kotlin/src",
                        "samples-java/databases/sql/src",
                        "samples-kotlin/databases/sql/src",
                        "samples-java/databases/couchdb-cassandra/src",
                        "samples-kotlin/databases/couchdb-cassandra/src")
                .map(SampleFiles.ROOT::resolve)
                .collect(toList());
    }

    static List<CodeBlock> blocks() throws IOException {
        List<CodeBlock> blocks = new ArrayList<>();
        for (Path document : Documents.all()) {
            blocks.addAll(CodeBlock.of(Documents.name(document), Files.readAllLines(document)));
        }
        return blocks;
    }

    static List<CodeBlock> code() throws IOException {
        return blocks().stream()
                .filter(block -> ENDINGS.containsKey(block.language()))
                .collect(toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("code")
    void isRegionOfCodeThatRuns(CodeBlock block) throws IOException {
        Set<String> regions = Regions.below(sources(), ENDINGS.get(block.language()));

        assertTrue(regions.contains(block.code()), () -> "No region of a source file holds this:\n" + block.code());
    }

    @Test
    void everyBlockNamesItsLanguage() throws IOException {
        assertEquals(
                List.of(),
                blocks().stream().filter(block -> block.language().isEmpty()).collect(toList()));
    }

    @Test
    void readmeShowsBothLanguages() throws IOException {
        List<String> languages = code().stream()
                .filter(block -> block.toString().startsWith("README.md:"))
                .map(CodeBlock::language)
                .collect(toList());

        assertTrue(languages.contains("java") && languages.contains("kotlin"), languages::toString);
    }

    @Test
    void regionsLoseTheirIndentationAndInnerMarks() {
        List<String> regions = Regions.of(List.of(
                "class A {",
                "    // @start region=\"outer\"",
                "    void f() {",
                "",
                "        // @start region=\"inner\"",
                "        g();",
                "        // @end",
                "    }",
                "    // @end",
                "}"));

        assertEquals(List.of("g();", "void f() {\n\n    g();\n}"), regions);
    }

    @Test
    void unbalancedMarksAreAnError() {
        assertThrows(IllegalArgumentException.class, () -> Regions.of(List.of("// @start region=\"a\"")));
        assertThrows(IllegalArgumentException.class, () -> Regions.of(List.of("// @end")));
    }

    @Test
    void changedCodeIsNoRegion() {
        CodeBlock block =
                CodeBlock.of("a.md", List.of("text", "```java", "g(1);", "```")).get(0);

        assertEquals("a.md:2", block.toString());
        assertFalse(Regions.of(List.of("// @start region=\"a\"", "g(2);", "// @end"))
                .contains(block.code()));
    }
}
