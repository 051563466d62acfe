package io.deepsuite.audit.membership;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a consumer is still a member of its group, told from its {@link Pulse}. One whose name another process has taken is told so once, by an error that the
 * connector takes for a passing one. From then on it sends no heartbeat, and reads on for ever what belongs to another.
 *
 * <p>So who reads, and has sent no heartbeat for long, is out. Who reads nothing may be waiting: for a broker, for a rebalance, for the database.
 */
final class Membership {

    /** Three times the time after which the group gives up who is silent. */
    static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    /** So long an answer may be on its way: what is looked at more often does not seem to read. */
    private static final Duration GLANCE = Duration.ofSeconds(2);

    private Pulse last = new Pulse(0, 0);
    private Instant lastLook = Instant.EPOCH;
    private Instant readingInSilenceSince = Instant.MAX;

    /**
     * Whether it is lost, as far as this and earlier looks can tell; it does not come back.
     *
     * @param pulse now
     * @param now no earlier than that of the look before
     */
    synchronized boolean isLost(Pulse pulse, Instant now) {
        if (now.isAfter(lastLook.plus(GLANCE))) {
            boolean silent = pulse.heartbeats() == last.heartbeats();
            boolean reading = pulse.fetches() > last.fetches();
            if (!silent || !reading) {
                readingInSilenceSince = Instant.MAX;
            } else if (readingInSilenceSince.equals(Instant.MAX)) {
                readingInSilenceSince = now;
            }
            last = pulse;
            lastLook = now;
        }
        return !now.minus(LONGEST_SILENCE).isBefore(readingInSilenceSince);
    }
}
