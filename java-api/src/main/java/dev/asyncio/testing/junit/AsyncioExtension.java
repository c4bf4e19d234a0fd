package dev.asyncio.testing.junit;

import dev.asyncio.Runner;
import dev.asyncio.RunnerOptions;
import dev.asyncio.testing.VirtualTimeLoop;
import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Runs each test as main of a loop of its own; what {@code unittest.IsolatedAsyncioTestCase} is to asyncio.
 *
 * <pre>{@code
 * @ExtendWith(AsyncioExtension.class)
 * class LateTest {
 *     @Test
 *     void anHourIsOverInNoTime() {
 *         assertEquals("late", await(sleep(Duration.ofHours(1), "late")));
 *     }
 * }
 * }</pre>
 *
 * <p>The methods that JUnit calls before each test, the test, and those after it, run one after the other as main of one
 * {@link Runner}, in one context. Afterwards the runner is closed: tasks that are left are cancelled and waited for. The
 * loop is a {@link VirtualTimeLoop} in debug mode, unless the extension is made {@linkplain #of of other options}. What
 * JUnit calls once for a class, and constructors, run without a loop.
 *
 * <p>Thread-safe: tests may run side by side, each on a loop of its own.
 */
@SuppressWarnings("exports") // whoever uses it requires JUnit
public final class AsyncioExtension implements BeforeEachCallback, AfterEachCallback, InvocationInterceptor {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(AsyncioExtension.class);

    private final RunnerOptions options;

    /** Tests on virtual time, in debug mode: what {@code @ExtendWith(AsyncioExtension.class)} makes. */
    public AsyncioExtension() {
        this(RunnerOptions.DEFAULT
                .withLoopFactory(VirtualTimeLoop::new)
                .withDebug(true)
                .withInterruptHandler(false));
    }

    private AsyncioExtension(RunnerOptions options) {
        this.options = options;
    }

    /**
     * Tests on other loops, such as those on real time that I/O needs:
     *
     * <pre>{@code
     * @RegisterExtension
     * static final AsyncioExtension asyncio = AsyncioExtension.of(RunnerOptions.DEFAULT);
     * }</pre>
     *
     * @param options for the runner of each test
     * @return an extension to be registered
     */
    public static AsyncioExtension of(RunnerOptions options) {
        return new AsyncioExtension(Objects.requireNonNull(options, "options"));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put(Runner.class, new Runner(options));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Runner runner = runnerOf(context);
        if (runner != null) { // another extension may have failed before this one's turn
            runner.close();
        }
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        proceed(invocation, context);
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        proceed(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        proceed(invocation, context);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<@Nullable Void> invocation,
            DynamicTestInvocationContext invocationContext,
            ExtensionContext context)
            throws Throwable {
        proceed(invocation, context);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        proceed(invocation, context);
    }

    private static void proceed(Invocation<@Nullable Void> invocation, ExtensionContext context) throws Throwable {
        Runner runner = Objects.requireNonNull(runnerOf(context));
        runner.run(() -> call(invocation), Throwable.class);
    }

    /** What is neither an exception nor an error cannot leave a coroutine. */
    private static void call(Invocation<@Nullable Void> invocation) throws Exception {
        try {
            invocation.proceed();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static @Nullable Runner runnerOf(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(Runner.class, Runner.class);
    }
}
