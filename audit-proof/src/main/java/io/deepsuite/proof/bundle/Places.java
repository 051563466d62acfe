package io.deepsuite.proof.bundle;

/** How places in a log are named. */
final class Places {

    private Places() {}

    static String leaf(String origin, long leaf) {
        return "%s, leaf %d".formatted(origin, leaf);
    }

    static String leaves(String origin, long first, long last) {
        return first >= last ? leaf(origin, last) : "%s, leaves %d to %d".formatted(origin, first, last);
    }
}
