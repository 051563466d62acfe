package io.deepsuite.audit.checkpoint;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of checkpoints for tests. */
record TestConfig(List<Path> keyFiles, Optional<List<String>> retiredKeys, Path directory, Duration directoryInterval)
        implements CheckpointConfig {

    static final String NAME = "deepsuite-audit";

    /** Without keys. */
    TestConfig(Path directory) {
        this(List.of(), Optional.empty(), directory);
    }

    /** Every checkpoint goes to the directory. */
    TestConfig(List<Path> keyFiles, Optional<List<String>> retiredKeys, Path directory) {
        this(keyFiles, retiredKeys, directory, Duration.ZERO);
    }

    /** The same, with pauses between the directory's checkpoints of a log. */
    TestConfig every(Duration interval) {
        return new TestConfig(keyFiles, retiredKeys, directory, interval);
    }

    @Override
    public String keyName() {
        return NAME;
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(1);
    }
}
