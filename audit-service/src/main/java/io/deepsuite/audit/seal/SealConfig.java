package io.deepsuite.audit.seal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;

/** The logs that events are sealed in. */
@ConfigMapping(prefix = "deepsuite.audit.log")
public interface SealConfig {

    /**
     * Name of this installation's logs; a log's own name is this with a slash and the number of its partition. Unique in the world if checkpoints are to be
     * shown to strangers; never changed once checkpoints are signed. Default deepsuite.audit.v1.
     */
    @WithDefault("deepsuite.audit.v1")
    @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._/-]{0,200}")
    String name();

    /** Longest that a hash of a tree may take to be read. ISO-8601; default 10 s. */
    @WithDefault("PT10S")
    Duration timeout();

    /** Name of the log of a partition, as checkpoints and bundles show it. */
    default String origin(int log) {
        return name() + '/' + log;
    }
}
