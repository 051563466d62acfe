package io.deepsuite.audit.subject;

import java.time.Duration;
import java.time.Instant;

/**
 * Which of a person's keys are looked for, by when they were made; the newest come first.
 *
 * @param from earliest time, inclusive
 * @param to latest time, inclusive
 * @param skip keys that are left out: the newest so many
 * @param most keys that are looked for behind those
 */
public record SubjectKeyWindow(Instant from, Instant to, long skip, long most) {

    /** Before any key. */
    public static final Instant PAST = Instant.parse("1970-01-01T00:00:00Z");

    /** Behind any key. */
    public static final Instant FUTURE = Instant.parse("9999-12-31T23:59:59Z");

    /**
     * How far a key and an event that it sealed can be apart, but for late ones ({@link SubjectService#lateKeysOf}). A key is used for 24 hours at most, whatever
     * {@code deepsuite.subject.key-lifetime} says, and an event that comes more than as much again after it was begun is late.
     */
    public static final Duration REACH = Duration.ofDays(2);

    private static final long ALL = 1_000_000_000;

    /** The keys that can have sealed events between two times. */
    public static SubjectKeyWindow around(Instant from, Instant to) {
        return new SubjectKeyWindow(before(from), behind(to), 0, ALL);
    }

    /** The keys made between two times, but for the newest so many. */
    public static SubjectKeyWindow between(Instant from, Instant to, long skip) {
        return new SubjectKeyWindow(from, to, skip, ALL);
    }

    /** The time from which on keys can have sealed an event that is not older than this. */
    public static Instant before(Instant time) {
        return time.isAfter(PAST.plus(REACH)) ? time.minus(REACH) : PAST;
    }

    /** The time up to which keys can have sealed an event that is not newer than this. */
    public static Instant behind(Instant time) {
        return time.isBefore(FUTURE.minus(REACH)) ? time.plus(REACH) : FUTURE;
    }
}
