package io.deepsuite.audit.subject;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the keys of persons are taken and used. */
@ConfigMapping(prefix = "deepsuite.audit.subject")
public interface SubjectKeyConfig {

    /** Pause before keys that could not be stored are tried again the first time; doubles up to {@link #maxBackoff()}. ISO-8601; default 200 ms. */
    @WithDefault("PT0.2S")
    Duration minBackoff();

    /** Longest pause between two tries. ISO-8601; default 5 s. */
    @WithDefault("PT5S")
    Duration maxBackoff();

    /** When a step towards the database counts as failed. ISO-8601; default 10 s. */
    @WithDefault("PT10S")
    Duration timeout();

    /** How old an event may be for its key to be still on its way: keys come by a topic of their own. ISO-8601; default 1 min. */
    @WithDefault("PT1M")
    Duration keyDelay();

    /** Longest that an answer waits for keys that may be on their way, before it shows events without the person. ISO-8601; default 2 s. */
    @WithDefault("PT2S")
    Duration patience();
}
