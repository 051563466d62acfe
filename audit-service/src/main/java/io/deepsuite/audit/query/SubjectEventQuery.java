package io.deepsuite.audit.query;

import io.deepsuite.audit.query.AuditEventFilter.Column;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A list request for events that certain keys sealed, as SQL: a short range of one index for each key, newest first. An intent is left out once its
 * operation's outcome is stored.
 *
 * @param sql query text; holds names of this class only, never the caller's
 * @param parameters values by number, from 1
 */
record SubjectEventQuery(String sql, List<Object> parameters) {

    SubjectEventQuery {
        parameters = List.copyOf(parameters);
    }

    /**
     * Makes the query.
     *
     * @param keys ids of keys
     * @param notBefore where the page ends already; nothing older is of interest
     */
    static SubjectEventQuery of(AuditEventRequest request, List<UUID> keys, Optional<Instant> notBefore) {
        return new Builder().build(request, keys, notBefore);
    }

    private static final class Builder {

        private final StringBuilder sql = new StringBuilder();
        private final List<Object> parameters = new ArrayList<>();

        SubjectEventQuery build(AuditEventRequest request, List<UUID> keys, Optional<Instant> notBefore) {
            var filter = request.filter();
            sql.append("""
                    SELECT found.occurred_at, found.id, found.event
                      FROM unnest(%s::uuid[]) AS wanted (personal_key)
                     CROSS JOIN LATERAL (
                        SELECT e.occurred_at, e.id, e.event FROM audit_event e
                         WHERE e.personal_key = wanted.personal_key AND e.tenant = %s
                    """.formatted(bind(keys.toArray(UUID[]::new)), bind(filter.tenant())));
            filter.values().forEach((column, value) -> and(column(column) + " = ", value));
            notBefore.ifPresent(time -> and("occurred_at >= ", time.atOffset(ZoneOffset.UTC)));
            filter.from().ifPresent(time -> and("occurred_at >= ", time.atOffset(ZoneOffset.UTC)));
            filter.to().ifPresent(time -> and("occurred_at < ", time.atOffset(ZoneOffset.UTC)));
            request.after().ifPresent(page -> {
                var time = page.occurredAt().atOffset(ZoneOffset.UTC);
                and("occurred_at <= ", time);
                sql.append("       AND (e.occurred_at < %s OR e.id < %s)%n".formatted(bind(time), bind(page.id())));
            });
            sql.append("""
                           AND (e.phase = 'OUTCOME'
                                OR NOT EXISTS (SELECT FROM audit_event_key k WHERE k.id = e.id AND k.phase <> e.phase))
                         ORDER BY e.occurred_at DESC, e.id DESC LIMIT %1$s) AS found
                     ORDER BY found.occurred_at DESC, found.id DESC LIMIT %1$s
                    """.formatted(bind(request.limit() + 1)));
            return new SubjectEventQuery(sql.toString(), parameters);
        }

        private void and(String comparison, Object value) {
            sql.append("       AND e.").append(comparison).append(bind(value)).append('\n');
        }

        private String bind(Object value) {
            parameters.add(value);
            return "$" + parameters.size();
        }

        private static String column(Column column) {
            return column.attribute().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        }
    }
}
