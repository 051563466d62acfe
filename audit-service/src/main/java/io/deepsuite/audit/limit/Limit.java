package io.deepsuite.audit.limit;

import java.util.Locale;

/** What there may not be more of. */
enum Limit {
    /** Calls of one caller. */
    CALLS("the caller calls more often than it may"),
    /** Calls of all callers of a tenant. */
    TENANT_CALLS("the callers of the tenant call more often than they may"),
    /** Exports of one caller. */
    EXPORTS("the caller exports more often than it may"),
    /** Exports at the same time. */
    CONCURRENT_EXPORTS("as many exports as may are being written");

    private final String detail;

    Limit(String detail) {
        this.detail = detail;
    }

    /** What the caller is told. */
    String detail() {
        return detail;
    }

    /** Name in metrics and errors. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
