package io.deepsuite.audit.tier;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * A part of a time window that is in an archive.
 *
 * @param month the archive
 * @param records records of the tenant there, whatever was asked for
 */
public record Tier(ArchivedMonth month, long records) {

    /** Name of the tier that is searched. */
    public static final String HOT = "hot";

    /** Name of the tier that is not. */
    public static final String ARCHIVE = "archive";

    /** Beginning of the month, UTC, inclusive. */
    public Instant from() {
        return month.month().atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** End of the month, UTC, exclusive. */
    public Instant to() {
        return month.month().plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
