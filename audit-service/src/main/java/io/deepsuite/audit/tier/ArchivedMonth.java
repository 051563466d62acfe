package io.deepsuite.audit.tier;

import java.time.YearMonth;

/**
 * A month that is in the archive.
 *
 * @param month in UTC
 * @param manifest SHA-256 of its manifest, lower-case hex
 * @param location where it is, for people
 */
public record ArchivedMonth(YearMonth month, String manifest, String location) {}
