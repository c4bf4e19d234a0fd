package dev.asyncio.conformance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many programs of each group passed, and the smallest of those that did not. */
final class Report {
    private static final int SHOWN = 5;

    private final Map<String, int[]> passedAndRun = new TreeMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private int notRun;

    void add(Case program, Result actual) {
        Difference difference = Difference.between(program, actual);
        int[] counts = passedAndRun.computeIfAbsent(program.group(), group -> new int[2]);
        counts[1]++;
        if (difference == null) {
            counts[0]++;
        } else {
            differences.add(difference);
        }
    }

    void addNotRun() {
        notRun++;
    }

    int run() {
        return passedAndRun.values().stream().mapToInt(counts -> counts[1]).sum();
    }

    int failed() {
        return differences.size();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        passedAndRun.forEach(
                (group, counts) -> text.append(String.format("%-14s %5d / %5d%n", group, counts[0], counts[1])));
        text.append(String.format("%-14s %5d / %5d%n", "all", run() - failed(), run()));
        if (notRun > 0) {
            text.append(String.format("%-14s %5d%n", "not run", notRun));
        }
        differences.stream()
                .sorted(Comparator.comparingInt(Difference::size))
                .limit(SHOWN)
                .forEach(difference -> text.append(String.format("%n%s", difference)));
        return text.toString();
    }
}
