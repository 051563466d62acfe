package io.deepsuite.audit.query;

import io.deepsuite.audit.query.AuditEventFilter.Column;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Requests for tests. */
final class Requests {

    private Requests() {}

    static AuditEventFilter filter(String tenant, Map<Column, String> values) {
        return new AuditEventFilter(
                tenant, Optional.empty(), Optional.empty(), Optional.empty(), new LinkedHashMap<>(values));
    }

    static AuditEventFilter actor(String actor) {
        return new AuditEventFilter(
                "acme", Optional.empty(), Optional.empty(), Optional.of(actor), new LinkedHashMap<>());
    }

    static AuditEventFilter between(String from, String to) {
        return new AuditEventFilter(
                "acme",
                Optional.of(Instant.parse(from)),
                Optional.of(Instant.parse(to)),
                Optional.empty(),
                new LinkedHashMap<>());
    }

    static AuditEventRequest of(AuditEventFilter filter, int limit) {
        return new AuditEventRequest(filter, limit, Optional.empty());
    }
}
