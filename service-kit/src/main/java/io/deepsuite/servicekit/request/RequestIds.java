package io.deepsuite.servicekit.request;

import io.deepsuite.servicekit.time.UuidV7;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Takes, makes and derives request ids: 1 to 128 visible ASCII characters. */
public final class RequestIds {

    /** Header and gRPC metadata key. */
    public static final String HEADER = "x-request-id";

    /** Longest request id, characters. */
    public static final int MAX_LENGTH = 128;

    private RequestIds() {}

    /** The id that the caller sent, or a new one where it sent none that is usable. */
    static String takeOrMake(@Nullable String sent, InstantSource clock) {
        return sent != null && isValid(sent) ? sent : UuidV7.next(clock).toString();
    }

    /** Whether a text may be a request id. */
    public static boolean isValid(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.chars().allMatch(character -> character > ' ' && character < 0x7F);
    }

    /** Id of a call made on behalf of another: {@code <parent>/<step>}, the parent cut where the whole would be too long. */
    public static String child(String parent, String step) {
        int room = MAX_LENGTH - step.length() - 1;
        return (parent.length() > room ? parent.substring(0, room) : parent) + '/' + step;
    }
}
