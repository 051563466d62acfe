package io.deepsuite.systemtests.chaos;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What callers were told: the trail has to agree with each line of it. */
final class Ledger {

    private final ConcurrentLinkedQueue<Told> told = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final ConcurrentHashMap<String, AtomicInteger> refusals = new ConcurrentHashMap<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();

    /**
     * An answer that reached its caller.
     *
     * @param requestId of the call
     * @param action that its event has to name
     * @param reason OK, or why it was refused
     * @param repeatable whether the client's library may have sent it twice, as it may a GET whose connection broke
     */
    record Told(String requestId, String action, String reason, boolean repeatable) {

        /** Outcome that its event has to have. */
        String outcome() {
            return reason.equals("OK") ? "SUCCESS" : "FAILURE";
        }
    }

    /** The caller has a complete answer. */
    void acknowledged(String requestId, String action, boolean repeatable) {
        acknowledged.incrementAndGet();
        told.add(new Told(requestId, action, "OK", repeatable));
    }

    /** The caller has a typed error. One that says that the trail is out of order promises no event. */
    void refused(String requestId, String action, String reason, boolean repeatable) {
        refusals.computeIfAbsent(reason, _ -> new AtomicInteger()).incrementAndGet();
        if (!reason.equals("AUDIT_UNAVAILABLE")) {
            told.add(new Told(requestId, action, reason, repeatable));
        }
    }

    /** The caller knows nothing: the connection broke, or nothing came in time. */
    void broken() {
        broken.incrementAndGet();
    }

    /** The caller has an answer that is none of those: a fault in itself. */
    void wrong(String what) {
        wrong.add(what);
    }

    /** Everything that callers were told for certain. */
    List<Told> told() {
        return List.copyOf(told);
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }

    int acknowledged() {
        return acknowledged.get();
    }

    /** Acknowledged calls of one action. */
    long acknowledged(String action) {
        return told.stream()
                .filter(one -> one.action().equals(action) && one.reason().equals("OK"))
                .count();
    }

    /** Refusals with that reason. */
    int refused(String reason) {
        return refusals().getOrDefault(reason, 0);
    }

    int brokenCalls() {
        return broken.get();
    }

    /** Number of refusals by reason. */
    Map<String, Integer> refusals() {
        var counts = new TreeMap<String, Integer>();
        refusals.forEach((reason, count) -> counts.put(reason, count.get()));
        return counts;
    }
}
