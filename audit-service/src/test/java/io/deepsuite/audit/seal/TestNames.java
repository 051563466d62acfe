package io.deepsuite.audit.seal;

import java.time.Duration;

/** Names of logs as the suite has them when nothing is said. */
public record TestNames() implements SealConfig {

    @Override
    public String name() {
        return "deepsuite.audit.v1";
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(1);
    }
}
