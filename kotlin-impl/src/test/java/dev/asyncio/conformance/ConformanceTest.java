package dev.asyncio.conformance;

import dev.asyncio.Carrier;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both faces, and tasks of both mixed, give CPython's traces on every carrier that needs no flag. */
class ConformanceTest {

    @ParameterizedTest
    @EnumSource
    void tracesAreThoseOfCPython(Face face) throws InterruptedException {
        ConformanceSuite.assertConforms(face, Carrier.AUTO);
    }

    @ParameterizedTest
    @EnumSource
    void tracesAreThoseOfCPythonOnPlatformThreads(Face face) throws InterruptedException {
        ConformanceSuite.assertConforms(face, Carrier.PLATFORM);
    }

    @ParameterizedTest
    @EnumSource
    @EnabledForJreRange(min = JRE.JAVA_21)
    void tracesAreThoseOfCPythonOnVirtualThreads(Face face) throws InterruptedException {
        ConformanceSuite.assertConforms(face, Carrier.VIRTUAL);
    }
}
