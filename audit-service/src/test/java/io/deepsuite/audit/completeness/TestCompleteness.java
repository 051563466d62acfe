package io.deepsuite.audit.completeness;

import java.time.Duration;

/** Settings for tests. */
record TestCompleteness(Duration grace) implements CompletenessConfig {

    @Override
    public Duration interval() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Duration timeout() {
        return Duration.ofMinutes(1);
    }
}
