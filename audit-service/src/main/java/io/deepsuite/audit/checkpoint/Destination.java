package io.deepsuite.audit.checkpoint;

import java.util.Locale;

/** Where checkpoints are published, outside the database. */
enum Destination {
    /** The write-once directory; not every checkpoint, see {@link CheckpointConfig#directoryInterval()}. */
    DIRECTORY,
    /** The topic; every checkpoint. */
    TOPIC;

    /** Its name in metrics. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
