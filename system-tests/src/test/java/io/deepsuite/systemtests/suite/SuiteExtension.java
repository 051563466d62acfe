package io.deepsuite.systemtests.suite;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one {@link Suite} of the test run: started when the first test asks for it, stopped when the run ends. */
public final class SuiteExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SuiteExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(Suite.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // The root store closes what it holds at the end of the run.
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Attempt.class, _ -> Attempt.make(), Attempt.class)
                .suite();
    }

    /** The one attempt of a run to start the suite: when it fails, every test fails with it at once. */
    private record Attempt(Optional<Suite> started, Optional<RuntimeException> failure) implements AutoCloseable {

        static Attempt make() {
            try {
                return new Attempt(Optional.of(Suite.start()), Optional.empty());
            } catch (RuntimeException e) {
                return new Attempt(Optional.empty(), Optional.of(e));
            }
        }

        Suite suite() {
            return started.orElseThrow(
                    () -> new IllegalStateException("the suite did not start", failure.orElse(null)));
        }

        @Override
        public void close() {
            started.ifPresent(Suite::close);
        }
    }
}
