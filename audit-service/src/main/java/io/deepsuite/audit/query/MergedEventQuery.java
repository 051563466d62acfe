package io.deepsuite.audit.query;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A list request for events that have one of several values in a column, as SQL: a short range of one index for each value, newest first, and merged. An intent is
 * left out once its operation's outcome is stored.
 *
 * @param sql query text; holds names of this class only, never the caller's
 * @param parameters values by number, from 1
 */
record MergedEventQuery(String sql, List<Object> parameters) {

    MergedEventQuery {
        parameters = List.copyOf(parameters);
    }

    /**
     * Makes the query.
     *
     * @param range column and its values
     * @param perValue most that are read of one value
     * @param span nothing outside is of interest
     */
    static MergedEventQuery of(AuditEventRequest request, Range range, int perValue, Span span) {
        return new Builder().build(request, range, perValue, span);
    }

    /**
     * A part of time, which lets the database leave out whole months.
     *
     * @param notBefore earliest time, inclusive
     * @param notAfter latest time, inclusive
     */
    record Span(Optional<Instant> notBefore, Optional<Instant> notAfter) {

        /** All of time. */
        static final Span ALL = new Span(Optional.empty(), Optional.empty());

        static Span from(Instant time) {
            return new Span(Optional.of(time), Optional.empty());
        }
    }

    /** Values of an indexed column. */
    sealed interface Range {

        /** Keys that sealed the events. */
        record Keys(List<UUID> ids) implements Range {

            public Keys {
                ids = List.copyOf(ids);
            }
        }

        /** Numbers of the kinds that the events have. */
        record Kinds(List<Integer> numbers) implements Range {

            public Kinds {
                numbers = List.copyOf(numbers);
            }
        }
    }

    private static final class Builder {

        private final StringBuilder sql = new StringBuilder();
        private final List<Object> parameters = new ArrayList<>();

        MergedEventQuery build(AuditEventRequest request, Range range, int perValue, Span span) {
            var filter = request.filter();
            var column = switch (range) {
                case Range.Keys _ -> "personal_key";
                case Range.Kinds _ -> "kind";
            };
            var values = switch (range) {
                case Range.Keys(var ids) -> bind(ids.toArray(UUID[]::new)) + "::uuid[]";
                case Range.Kinds(var numbers) -> bind(numbers.toArray(Integer[]::new)) + "::integer[]";
            };
            // not "=", which the tenant's own index could be read for: for a short span, whose length the planner gets
            // wrong, it would be, once for each value
            sql.append("""
                    SELECT found.occurred_at, found.id, found.event
                      FROM unnest(%1$s) AS wanted (value)
                     CROSS JOIN LATERAL (
                        SELECT e.occurred_at, e.id, e.event FROM audit_event e
                         WHERE e.%2$s = wanted.value AND e.tenant IS NOT DISTINCT FROM %3$s
                    """.formatted(values, column, bind(filter.tenant())));
            filter.values().forEach((compared, value) -> and(compared.column() + " = ", value));
            span.notBefore().ifPresent(time -> and("occurred_at >= ", time.atOffset(ZoneOffset.UTC)));
            span.notAfter().ifPresent(time -> and("occurred_at <= ", time.atOffset(ZoneOffset.UTC)));
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
                         ORDER BY e.occurred_at DESC, e.id DESC LIMIT %s) AS found
                     ORDER BY found.occurred_at DESC, found.id DESC LIMIT %s
                    """.formatted(bind(perValue), bind(request.limit() + 1)));
            return new MergedEventQuery(sql.toString(), parameters);
        }

        private void and(String comparison, Object value) {
            sql.append("       AND e.").append(comparison).append(bind(value)).append('\n');
        }

        private String bind(Object value) {
            parameters.add(value);
            return "$" + parameters.size();
        }
    }
}
