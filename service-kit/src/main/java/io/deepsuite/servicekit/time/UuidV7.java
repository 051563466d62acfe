package io.deepsuite.servicekit.time;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes UUIDs of version 7 (RFC 9562, section 5.7): 48 bits of Unix time in milliseconds, then 74 bits that begin at random and rise within a millisecond. All
 * that a process makes rise, in the order of {@link UUID#compareTo} and of their text, also while its clock stands still or is set back: the time of the last
 * one is kept until the clock has passed it. So the time in an identifier is a hint, and what happened when is told by other fields.
 */
public final class UuidV7 {

    private static final UuidV7 OF_THIS_PROCESS = new UuidV7(new SecureRandom());

    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long HIGH_MASK = 0x0FFFL;
    private static final long LOW_MASK = 0x3FFF_FFFF_FFFF_FFFFL;

    /** Steps are random, so that nobody guesses a neighbour, and small enough that a millisecond has room for some billions of them. */
    private static final int STEP_BITS = 40;

    private final RandomGenerator random;
    private long millis = Long.MIN_VALUE;
    private long high;
    private long low;

    /** @param random good enough that two processes do not meet */
    UuidV7(RandomGenerator random) {
        this.random = random;
    }

    /** A new identifier for this instant, greater than every one this process has made before. */
    public static UUID next(InstantSource clock) {
        return OF_THIS_PROCESS.next(clock.millis());
    }

    synchronized UUID next(long now) {
        if (now > millis) {
            begin(now);
        } else {
            step();
        }
        return new UUID((millis << 16) | VERSION | high, VARIANT | low);
    }

    private void begin(long instant) {
        millis = instant;
        high = random.nextLong() & HIGH_MASK;
        low = random.nextLong() & LOW_MASK;
    }

    private void step() {
        low += 1 + (random.nextLong() >>> (Long.SIZE - STEP_BITS));
        high += low >>> Long.numberOfTrailingZeros(LOW_MASK + 1);
        low &= LOW_MASK;
        if (high > HIGH_MASK) {
            begin(millis + 1);
        }
    }
}
