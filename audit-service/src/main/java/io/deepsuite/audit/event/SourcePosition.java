package io.deepsuite.audit.event;

import org.jspecify.annotations.Nullable;

/**
 * Place of an event in the unbroken sequence of the journal it was written to.
 *
 * @param service service name
 * @param instance replica
 * @param boot opening of the replica's journal, from 1
 * @param sequence number within the boot, from 1
 */
public record SourcePosition(String service, String instance, long boot, long sequence) {

    /** The source whose number it is. */
    public SourceId source() {
        return new SourceId(service, instance, boot);
    }

    /** Written out: that of a record is interpreted in an executable, part by part, and takes hundreds of times as long. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SourcePosition that
                && sequence == that.sequence
                && boot == that.boot
                && instance.equals(that.instance)
                && service.equals(that.service);
    }

    @Override
    public String toString() {
        return service + "/" + instance + "/" + boot + "#" + sequence;
    }
}
