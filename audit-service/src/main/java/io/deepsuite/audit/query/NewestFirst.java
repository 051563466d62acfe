package io.deepsuite.audit.query;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import java.util.function.Function;

/** The order of pages: newest first; ids as PostgreSQL orders them, by unsigned bytes. */
final class NewestFirst {

    private NewestFirst() {}

    static <T> Comparator<T> by(Function<T, Instant> time, Function<T, UUID> id) {
        return Comparator.comparing(time)
                .thenComparing(id, NewestFirst::compareUnsigned)
                .reversed();
    }

    private static int compareUnsigned(UUID left, UUID right) {
        int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
    }
}
