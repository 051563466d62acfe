package io.deepsuite.audit.limit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One token bucket for each key, for so many keys; a key that was forgotten begins with a full bucket. Thread-safe. */
final class Buckets<K> {

    private final int capacity;
    private final long refill;
    private final Duration period;
    private final TimeMeter time;
    private final Map<K, Bucket> known;

    /**
     * @param capacity tokens of a full bucket
     * @param refill tokens that flow in evenly in a period
     * @param keys most keys that are remembered
     */
    Buckets(int capacity, long refill, Duration period, int keys, TimeMeter time) {
        this.capacity = capacity;
        this.refill = refill;
        this.period = period;
        this.time = time;
        this.known = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Bucket> eldest) {
                return size() > keys;
            }
        };
    }

    /** Takes a token; if there is none, answers how long until there is one. */
    Optional<Duration> take(K key) {
        var probe = bucket(key).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** Gives a token back that was taken for nothing. */
    void giveBack(K key) {
        bucket(key).addTokens(1);
    }

    private Bucket bucket(K key) {
        synchronized (known) {
            return known.computeIfAbsent(
                    key,
                    _ -> Bucket.builder()
                            .addLimit(limit -> limit.capacity(capacity).refillGreedy(refill, period))
                            .withCustomTimePrecision(time)
                            .build());
        }
    }
}
