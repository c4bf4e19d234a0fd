package dev.asyncio.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the suite takes for a difference: anything. */
class DifferenceTest {
    private static final Case CASE = Case.parse("{'id': 'x', 'group': 'g', 'program': {'main': []}, 'expect': {"
            + "'trace': [[0, 'a', true], [1, 'b', null], [1, 'c', [1, 's']]],"
            + "'outcomes': [['main', 'returned', null]], 'end': 'ok'}}");

    private static Difference differenceTo(String result) {
        return Difference.between(CASE, Result.expected(Node.parse(result)));
    }

    @Test
    void equalResultsDoNotDiffer() {
        assertNull(differenceTo("{'trace': [[0, 'a', true], [1, 'b', null], [1, 'c', [1, 's']]],"
                + "'outcomes': [['main', 'returned', null]], 'end': 'ok'}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[0, 'a', 1], [1, 'b', null], [1, 'c', [1, 's']]]",
                "[[0, 'a', true], [2, 'b', null], [1, 'c', [1, 's']]]",
                "[[1, 'b', null], [0, 'a', true], [1, 'c', [1, 's']]]",
                "[[0, 'a', true], [1, 'b', null], [1, 'c', ['s', 1]]]",
                "[[0, 'a', true], [1, 'b', null]]",
                "[[0, 'a', true], [1, 'b', null], [1, 'c', [1, 's']], [1, 'd', null]]",
                "[]",
            })
    void everyEventCounts(String trace) {
        assertNotNull(differenceTo("{'trace': " + trace + ", 'outcomes': [['main', 'returned', null]], 'end': 'ok'}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[['main', 'returned', false]]", "[['main', 'cancelled', null]]", "[]"})
    void everyOutcomeCounts(String outcomes) {
        assertNotNull(differenceTo("{'trace': [[0, 'a', true], [1, 'b', null], [1, 'c', [1, 's']]], 'outcomes': "
                + outcomes + ", 'end': 'ok'}"));
    }

    @Test
    void theEndCounts() {
        assertNotNull(differenceTo("{'trace': [[0, 'a', true], [1, 'b', null], [1, 'c', [1, 's']]],"
                + "'outcomes': [['main', 'returned', null]], 'end': 'deadlock'}"));
    }

    @Test
    void whatDidNotRunFailed() {
        Report report = new Report();
        report.add(CASE, Result.failed("no engine"));

        assertEquals(1, report.failed());
    }
}
