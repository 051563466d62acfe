package io.deepsuite.audit.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is stored once at most: an event's id and which part of the operation the record stands for.
 *
 * @param id the event's id
 * @param phase {@code INTENT} or {@code OUTCOME}
 */
public record EventKey(UUID id, String phase) {

    /** Phase of a record that was written before the effect. */
    public static final String INTENT = "INTENT";

    /** Phase of a record that tells the result. */
    public static final String OUTCOME = "OUTCOME";

    /** Written out: that of a record is interpreted in an executable, part by part, and takes hundreds of times as long. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventKey that && id.equals(that.id) && phase.equals(that.phase);
    }
}
