package dev.asyncio.samples.docs;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The pieces of source code that documents may show: what stands between a line {@code // @start region="name"} and its
 * {@code // @end}, without the indentation that all its lines share and without the marks of regions inside.
 */
final class Regions {
    private static final String START = "// @start region=\"";
    private static final String END = "// @end";

    private Regions() {}

    /** All regions in the files below these directories whose names end so. */
    static Set<String> below(List<Path> directories, String ending) throws IOException {
        Set<String> regions = new HashSet<>();
        for (Path directory : directories) {
            for (Path file : filesBelow(directory, ending)) {
                try {
                    regions.addAll(of(Files.readAllLines(file)));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
                }
            }
        }
        return regions;
    }

    private static List<Path> filesBelow(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(ending)).collect(toList());
        }
    }

    /** All regions of one file. */
    static List<String> of(List<String> lines) {
        List<String> regions = new ArrayList<>();
        Deque<List<String>> open = new ArrayDeque<>();
        for (String line : lines) {
            String mark = line.strip();
            if (mark.startsWith(START)) {
                open.push(new ArrayList<>());
            } else if (mark.equals(END)) {
                if (open.isEmpty()) {
                    throw new IllegalArgumentException("a region ends that never started");
                }
                regions.add(dedent(open.pop()));
            } else {
                open.forEach(region -> region.add(line));
            }
        }
        if (!open.isEmpty()) {
            throw new IllegalArgumentException("a region starts and never ends");
        }
        return regions;
    }

    /** The lines without the indentation that all but the blank ones share, and without blank lines at both ends. */
    static String dedent(List<String> lines) {
        int shared = lines.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return lines.stream()
                .map(line -> line.isBlank() ? "" : line.substring(shared).stripTrailing())
                .collect(joining("\n"))
                .strip();
    }
}
