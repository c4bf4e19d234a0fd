package dev.asyncio.taskgroup;

import static dev.asyncio.Asyncio.await;
import static dev.asyncio.Asyncio.createTask;
import static dev.asyncio.Asyncio.currentTask;
import static dev.asyncio.Asyncio.getRunningLoop;
import static dev.asyncio.Asyncio.sleep;
import static dev.asyncio.Asyncio.taskGroup;
import static dev.asyncio.Asyncio.timeout;
import static dev.asyncio.Asyncio.waitFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.asyncio.AsyncIterator;
import dev.asyncio.AsyncIterators;
import dev.asyncio.Asyncio;
import dev.asyncio.CancelledError;
import dev.asyncio.ExceptionGroup;
import dev.asyncio.Task;
import dev.asyncio.TaskGroup;
import dev.asyncio.TimeoutException;
import dev.asyncio.VoidCoroutine;
import dev.asyncio.support.Runs;
import dev.asyncio.support.Trace;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code TaskGroup} with try-with-resources, and in its short shape. */
class OpenTaskGroupTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final Trace trace = new Trace();

    // ---- try (TaskGroup group = TaskGroup.open())

    @Test
    void resultsAreAtHandAfterTheJoin() {
        int sum = Runs.virtual(() -> {
            try (TaskGroup group = TaskGroup.open()) {
                Task<Integer> a = group.createTask(() -> await(sleep(Duration.ofSeconds(2), 40)));
                Task<Integer> b = group.createTask(() -> await(sleep(A_SECOND, 2)));
                await(group.join());
                return a.result() + b.result();
            }
        });
        assertEquals(42, sum);
    }

    @Test
    void aFailingTaskCancelsItsSiblingsButNotTheBlock() {
        Runs.virtual(() -> {
            try (TaskGroup group = TaskGroup.open()) {
                Task<Void> sibling = group.createTask(() -> sleepAndTell("sibling"));
                group.createTask(() -> {
                    await(sleep(A_SECOND));
                    throw new IOException("child");
                });
                await(sleep(Duration.ofSeconds(5)));
                trace.add("the block goes on at " + getRunningLoop().time().getSeconds());
                assertTrue(sibling.cancelled());
                ExceptionGroup failures = assertThrows(ExceptionGroup.class, () -> await(group.join()));
                assertEquals(List.of("child"), messages(failures));
            }
        });
        trace.is("sibling cancelled at 1", "the block goes on at 5");
    }

    @Test
    void anExceptionOfTheBlockLeavesItAsItselfWithTheTasksFailuresAsSuppressed() {
        IOException error = new IOException("block");
        Runs.virtual(() -> {
            IOException caught = assertThrows(IOException.class, () -> {
                try (TaskGroup group = TaskGroup.open()) {
                    group.createTask(() -> {
                        try {
                            await(sleep(Duration.ofDays(1)));
                        } finally {
                            fail("while cancelled");
                        }
                    });
                    await(sleep(A_SECOND));
                    throw error;
                }
            });
            assertSame(error, caught);
            assertEquals(1, caught.getSuppressed().length);
            assertEquals(List.of("while cancelled"), messages((ExceptionGroup) caught.getSuppressed()[0]));
        });
    }

    @Test
    void leavingWithoutAJoinCancelsTheTasksAndWaitsForThem() {
        Runs.virtual(() -> {
            try (TaskGroup group = TaskGroup.open()) {
                group.createTask(() -> {
                    try {
                        await(sleep(Duration.ofDays(1)));
                    } finally {
                        await(sleep(A_SECOND));
                        trace.add("cleaned up");
                    }
                });
                await(sleep(A_SECOND));
            }
            trace.add("left at " + getRunningLoop().time().getSeconds());
        });
        trace.is("cleaned up", "left at 2");
    }

    @Test
    void leavingWithoutAJoinThrowsIfATaskHadFailed() {
        Runs.virtual(() -> {
            ExceptionGroup failures = assertThrows(ExceptionGroup.class, () -> {
                try (TaskGroup group = TaskGroup.open()) {
                    group.createTask(() -> {
                        throw new IOException("unseen");
                    });
                    await(sleep(A_SECOND));
                }
            });
            assertEquals(List.of("unseen"), messages(failures));
        });
    }

    @Test
    void aFailureThatTheJoinHasThrownIsNotThrownAgainByTheEnd() {
        Runs.virtual(() -> {
            try (TaskGroup group = TaskGroup.open()) {
                group.createTask(() -> {
                    throw new IOException("seen");
                });
                assertThrows(ExceptionGroup.class, () -> await(group.join()));
            }
            trace.add("left");
        });
        trace.is("left");
    }

    @Test
    void cancellingTheTaskOfTheBlockCancelsTheChildren() {
        Runs.virtual(() -> {
            Task<Void> parent = createTask(() -> {
                try (TaskGroup group = TaskGroup.open()) {
                    group.createTask(() -> sleepAndTell("child"));
                    await(group.join());
                }
            });
            await(sleep(A_SECOND));
            parent.cancel("outside");
            CancelledError error = assertThrows(CancelledError.class, () -> await(parent));
            assertEquals("outside", error.getMessage());
        });
        trace.is("child cancelled at 1");
    }

    @Test
    void aCancellationThatComesWhileTheEndWaitsForTheTasksIsThrownByTheNextAwait() {
        Runs.virtual(() -> {
            Task<Void> parent = createTask(() -> {
                try (TaskGroup group = TaskGroup.open()) {
                    group.createTask(this::cleanUpSlowly);
                    await(sleep(Duration.ZERO));
                }
                trace.add("left");
                await(sleep(Duration.ZERO));
                trace.add("went on");
            });
            cancelWhileItCleansUp(parent);
            assertEquals(1, parent.cancelling());
        });
        trace.is("cleaned up at 2", "left");
    }

    @Test
    void aCancellationThatComesWhileTheEndWaitsIsNotLostToAnExceptionOfTheBlock() {
        Runs.virtual(() -> {
            Task<Void> parent = createTask(() -> {
                try (TaskGroup group = TaskGroup.open()) {
                    group.createTask(this::cleanUpSlowly);
                    await(sleep(Duration.ZERO));
                    throw new IOException("block");
                } catch (IOException e) {
                    trace.add(e.getMessage());
                }
                await(sleep(Duration.ZERO));
                trace.add("went on");
            });
            cancelWhileItCleansUp(parent);
        });
        trace.is("cleaned up at 2", "block");
    }

    @Test
    void aCancellationThatComesWhileTheEndWaitsEndsATaskThatAwaitsNothingMore() {
        Runs.virtual(() -> {
            Task<Void> parent = createTask(() -> {
                try (TaskGroup group = TaskGroup.open()) {
                    group.createTask(this::cleanUpSlowly);
                    await(sleep(Duration.ZERO));
                }
            });
            assertEquals("outside", cancelWhileItCleansUp(parent).getMessage());
        });
        trace.is("cleaned up at 2");
    }

    @Test
    void aTimeoutThatPassesWhileTheEndWaitsIsThrownByTheTimeoutThoughNothingIsAwaitedBetween() {
        Runs.virtual(() -> {
            TimeoutException passed = assertThrows(
                    TimeoutException.class, () -> await(timeout(A_SECOND, this::leaveAGroupThatCleansUpSlowly)));
            assertInstanceOf(CancelledError.class, passed.getCause());
            assertThrows(TimeoutException.class, () -> await(waitFor(this::leaveAGroupThatCleansUpSlowly, A_SECOND)));
            await(sleep(A_SECOND));
            assertEquals(0, currentTask().cancelling());
        });
        trace.is("cleaned up at 2", "left", "cleaned up at 4", "left");
    }

    @Test
    void aTimeoutThatPassesWhileTheEndWaitsLeavesTheTimeoutsInsideOfItAlone() {
        Runs.virtual(() -> {
            assertThrows(
                    TimeoutException.class,
                    () -> await(timeout(A_SECOND, () -> {
                        await(timeout(Duration.ofDays(1), this::leaveAGroupThatCleansUpSlowly));
                        trace.add("left the inner one");
                    })));
        });
        trace.is("cleaned up at 2", "left", "left the inner one");
    }

    @Test
    void aTimeoutThatPassesWhileTheEndWaitsEndsATaskThatHasRefusedToEndBeforeOnlyOnce() {
        afterARefusalToEnd(() -> assertThrows(
                TimeoutException.class, () -> await(timeout(A_SECOND, this::leaveAGroupThatCleansUpSlowly))));
    }

    @Test
    void aTimeoutThatPassesWhileTheEndWaitsIsSuppressedInAnExceptionOfTheBlock() {
        afterARefusalToEnd(() -> {
            IOException failure = assertThrows(
                    IOException.class,
                    () -> await(timeout(A_SECOND, () -> {
                        leaveAGroupThatCleansUpSlowly();
                        throw new IOException("block");
                    })));
            assertInstanceOf(TimeoutException.class, failure.getSuppressed()[0]);
        });
    }

    /** In a task that has swallowed a cancellation, and that goes on after the block, as if there had been none. */
    private void afterARefusalToEnd(VoidCoroutine block) {
        Runs.virtual(() -> {
            Task<Void> parent = createTask(() -> {
                assertThrows(CancelledError.class, () -> await(sleep(Duration.ofDays(1))));
                await(block);
                await(sleep(A_SECOND));
                trace.add("went on");
            });
            await(sleep(A_SECOND));
            parent.cancel();
            await(parent);
        });
        trace.is("cleaned up at 3", "left", "went on");
    }

    @Test
    void aCancellationFromOutsideThatComesWhileTheEndWaitsIsNoTimeout() {
        Runs.virtual(() -> {
            Task<Void> parent = createTask(() -> {
                await(timeout(Duration.ofSeconds(2), this::leaveAGroupThatCleansUpSlowly));
                trace.add("left the timeout");
                await(sleep(A_SECOND));
            });
            assertEquals("outside", cancelWhileItCleansUp(parent).getMessage());
        });
        trace.is("cleaned up at 2", "left", "left the timeout");
    }

    @Test
    void aCancellationThatComesWhileTheEndWaitsGoesToTheTaskThatWaitsForIt() {
        Runs.virtual(() -> {
            AsyncIterator<String> elements = AsyncIterators.generate(emitter -> {
                try (TaskGroup group = TaskGroup.open()) {
                    group.createTask(this::cleanUpSlowly);
                    emitter.emit("inside");
                }
                emitter.emit("after");
            });
            Task<Void> first = createTask(() -> {
                await(elements.advance());
                await(sleep(Duration.ofSeconds(5)));
                trace.add("first went on");
            });
            await(sleep(Duration.ZERO));
            Task<Void> second = createTask(() -> {
                await(elements.advance());
                trace.add(elements.current());
                await(sleep(A_SECOND));
                trace.add("second went on");
            });
            cancelWhileItCleansUp(second);
            await(first);
            await(elements.close());
        });
        trace.is("cleaned up at 2", "after", "first went on");
    }

    @Test
    void aCancellationThatComesWhileACancelledGroupIsJoinedLeavesTheBlock() {
        Runs.virtual(() -> {
            Task<Void> parent = createTask(() -> {
                try (TaskGroup group = TaskGroup.open()) {
                    group.createTask(this::cleanUpSlowly);
                    await(sleep(Duration.ZERO));
                    group.cancel();
                    await(group.join());
                    trace.add("went on");
                }
            });
            cancelWhileItCleansUp(parent);
        });
        trace.is("cleaned up at 2");
    }

    @Test
    void aCancellationThatComesWhileACancelledGroupEndsLeavesIt() {
        Runs.virtual(() -> {
            Task<Void> parent = createTask(() -> {
                await(taskGroup(group -> {
                    group.createTask(this::cleanUpSlowly);
                    getRunningLoop().callSoon(group::cancel);
                }));
                trace.add("went on");
            });
            cancelWhileItCleansUp(parent);
        });
        trace.is("cleaned up at 2");
    }

    private static CancelledError cancelWhileItCleansUp(Task<Void> parent) {
        await(sleep(A_SECOND));
        parent.cancel("outside");
        return assertThrows(CancelledError.class, () -> await(parent));
    }

    private void leaveAGroupThatCleansUpSlowly() {
        try (TaskGroup group = TaskGroup.open()) {
            group.createTask(this::cleanUpSlowly);
            await(sleep(Duration.ZERO));
        }
        trace.add("left");
    }

    private void cleanUpSlowly() {
        try {
            await(sleep(Duration.ofDays(1)));
        } finally {
            await(sleep(Duration.ofSeconds(2)));
            trace.add("cleaned up at " + getRunningLoop().time().getSeconds());
        }
    }

    @Test
    void aTaskThatFailsWhileTheBlockIsCancelledDoesNotCutItsCleanUpOff() {
        Runs.virtual(() -> {
            Task<Void> parent = createTask(() -> {
                try (TaskGroup group = TaskGroup.open()) {
                    group.createTask(() -> {
                        try {
                            await(sleep(Duration.ofDays(1)));
                        } finally {
                            fail("child");
                        }
                    });
                    await(sleep(Duration.ofDays(1)));
                } finally {
                    await(sleep(A_SECOND));
                    trace.add("cleaned up");
                }
            });
            await(sleep(A_SECOND));
            parent.cancel();
            CancelledError error = assertThrows(CancelledError.class, () -> await(parent));
            assertEquals(List.of("child"), messages((ExceptionGroup) error.getSuppressed()[0]));
        });
        trace.is("cleaned up");
    }

    @Test
    void aGroupThatWasJoinedMakesNoMoreTasks() {
        Runs.virtual(() -> {
            try (TaskGroup group = TaskGroup.open()) {
                await(group.join());
                assertThrows(IllegalStateException.class, () -> group.createTask(() -> 7));
            }
        });
    }

    @Test
    void joinAndCloseBelongToThisShapeOnly() {
        Runs.virtual(() -> {
            TaskGroup group = new TaskGroup();
            await(group.enter(() -> {
                assertThrows(IllegalStateException.class, () -> await(group.join()));
            }));
        });
    }

    @Test
    void groupsOfThisShapeNest() {
        Runs.virtual(() -> {
            try (TaskGroup outer = TaskGroup.open()) {
                Task<String> inner = outer.createTask(() -> {
                    try (TaskGroup group = TaskGroup.open()) {
                        Task<String> deepest = group.createTask(() -> await(sleep(A_SECOND, "deep")));
                        await(group.join());
                        return deepest.result();
                    }
                });
                await(outer.join());
                trace.add(inner.result());
            }
        });
        trace.is("deep");
    }

    // ---- await(taskGroup(group -> …))

    @Test
    void theShortShapeRunsABlockOverAGroup() {
        Runs.virtual(() -> {
            await(taskGroup(group -> {
                group.createTask(() -> {
                    await(sleep(A_SECOND));
                    trace.add("child");
                });
                trace.add("block");
            }));
            trace.add("left");
        });
        trace.is("block", "child", "left");
    }

    @Test
    void theShortShapeIsColdAndRunsAfreshEachTime() {
        Runs.virtual(() -> {
            var cold = taskGroup(group -> group.createTask(() -> trace.add("child")));
            trace.is();
            await(cold);
            await(cold);
        });
        trace.is("child", "child");
    }

    @Test
    void theShortShapeThrowsTheGroupOfFailures() {
        Runs.virtual(() -> {
            ExceptionGroup failures = assertThrows(
                    ExceptionGroup.class, () -> await(taskGroup(group -> group.createTask(() -> fail("child")))));
            assertEquals(List.of("child"), messages(failures));
        });
    }

    // ---- ExceptionGroup

    @Test
    void failuresArePickedAndSplit() {
        Runs.virtual(() -> {
            ExceptionGroup failures = assertThrows(
                    ExceptionGroup.class,
                    () -> await(taskGroup(group -> {
                        group.createTask(() -> {
                            throw new IOException("io");
                        });
                        group.createTask(() -> {
                            throw new IllegalArgumentException("argument");
                        });
                    })));
            assertEquals(List.of("io", "argument"), messages(failures));
            ExceptionGroup io = failures.subgroup(e -> e instanceof IOException);
            assertEquals(List.of("io"), messages(io));
            assertFalse(failures.exceptions().isEmpty());
        });
    }

    private void sleepAndTell(String name) {
        try {
            await(sleep(Duration.ofDays(1)));
        } finally {
            trace.add(name + " cancelled at " + Asyncio.getRunningLoop().time().getSeconds());
        }
    }

    private static void fail(String message) {
        throw new IllegalStateException(message);
    }

    private static List<String> messages(ExceptionGroup group) {
        return group.exceptions().stream().map(Throwable::getMessage).collect(Collectors.toList());
    }
}
