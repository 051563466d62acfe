package io.deepsuite.audit.event;

import org.jspecify.annotations.Nullable;

/**
 * A journal between its opening and its end: one unbroken sequence of numbers.
 *
 * @param service service name
 * @param instance replica
 * @param boot opening of the replica's journal, from 1
 */
public record SourceId(String service, String instance, long boot) {

    /** Written out: that of a record is interpreted in an executable, part by part, and takes hundreds of times as long. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SourceId that
                && boot == that.boot
                && instance.equals(that.instance)
                && service.equals(that.service);
    }

    @Override
    public String toString() {
        return service + "/" + instance + "/" + boot;
    }
}
