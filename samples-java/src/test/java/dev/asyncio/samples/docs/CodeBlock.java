package dev.asyncio.samples.docs;

import java.util.ArrayList;
import java.util.List;

/** A fenced block of a Markdown document. */
final class CodeBlock {
    private static final String FENCE = "```";

    private final String place;
    private final String language;
    private final String code;

    private CodeBlock(String place, String language, String code) {
        this.place = place;
        this.language = language;
        this.code = code;
    }

    String language() {
        return language;
    }

    String code() {
        return code;
    }

    /** The document and the line where the block begins. */
    @Override
    public String toString() {
        return place;
    }

    /** All blocks of a document. */
    static List<CodeBlock> of(String document, List<String> lines) {
        List<CodeBlock> blocks = new ArrayList<>();
        List<String> code = null;
        String place = "";
        String language = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.startsWith(FENCE)) {
                if (code != null) {
                    code.add(lines.get(i));
                }
            } else if (code == null) {
                code = new ArrayList<>();
                place = document + ":" + (i + 1);
                language = line.substring(FENCE.length()).strip();
            } else {
                blocks.add(new CodeBlock(place, language, Regions.dedent(code)));
                code = null;
            }
        }
        if (code != null) {
            throw new IllegalArgumentException(place + ": the block does not end");
        }
        return blocks;
    }
}
