package io.deepsuite.audit.event;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The exact bytes of an event, compared by content. Owns its array: nobody changes it. */
public final class EventBytes {

    private final byte[] bytes;

    /** Takes the array over, without a copy. */
    public EventBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The array itself, to read only. */
    public byte[] array() {
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
