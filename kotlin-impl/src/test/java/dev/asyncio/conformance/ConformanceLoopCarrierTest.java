package dev.asyncio.conformance;

import dev.asyncio.Carrier;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same on virtual threads that the loop itself schedules; runs with {@code --add-opens java.base/java.lang=ALL-UNNAMED}. */
class ConformanceLoopCarrierTest {

    @ParameterizedTest
    @EnumSource
    @EnabledForJreRange(min = JRE.JAVA_21)
    void tracesAreThoseOfCPythonOnThreadsTheLoopSchedules(Face face) throws InterruptedException {
        ConformanceSuite.assertConforms(face, Carrier.LOOP);
    }
}
