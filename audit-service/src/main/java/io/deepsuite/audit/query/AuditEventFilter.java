package io.deepsuite.audit.query;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Which events a caller asks for. All conditions have to hold.
 *
 * @param tenant tenant of the events; always the caller's own
 * @param from earliest time, inclusive
 * @param to latest time, exclusive
 * @param actor id or name of the actor
 * @param values exact values by filter, in the order of {@link Column}
 */
record AuditEventFilter(
        String tenant,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> actor,
        SequencedMap<Column, String> values) {

    /** Text that is the same for equal filters only. */
    String canonical() {
        var text = new StringBuilder();
        append(text, "tenant", tenant);
        from.ifPresent(time -> append(text, "from", time.toString()));
        to.ifPresent(time -> append(text, "to", time.toString()));
        actor.ifPresent(value -> append(text, "actor", value));
        for (Map.Entry<Column, String> entry : values.entrySet()) {
            append(text, entry.getKey().parameter(), entry.getValue());
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String name, String value) {
        text.append(name)
                .append('=')
                .append(value.length())
                .append(':')
                .append(value)
                .append('\n');
    }

    /** Those of the values that events of one kind share, by column. */
    SequencedMap<String, String> kindValues() {
        var shared = new LinkedHashMap<String, String>();
        values.forEach((column, value) -> {
            if (column.isOfKind()) {
                shared.put(column.column(), value);
            }
        });
        return shared;
    }

    /** Whether nothing but the kind and the time of an event is asked for. */
    boolean isOfKindsOnly() {
        return actor.isEmpty() && !values.isEmpty() && values.keySet().stream().allMatch(Column::isOfKind);
    }

    /** Filters that compare one column with one value. */
    enum Column {
        /** Kind of actor. */
        ACTOR_TYPE("actorType", true),
        /** Kind of access. */
        OPERATION("operation", true),
        /** Finer verb. */
        ACTION("action", true),
        /** Kind of resource. */
        RESOURCE_TYPE("resourceType", true),
        /** Identifier of the resource. */
        RESOURCE_ID("resourceId", false),
        /** Result. */
        OUTCOME("outcome", true),
        /** Why it failed. */
        REASON("reason", true),
        /** Service that wrote the event. */
        SERVICE("service", true),
        /** Namespace of that service. */
        NAMESPACE("namespace", true),
        /** Request id of the call. */
        REQUEST_ID("requestId", false),
        /** Trace id of the call. */
        TRACE_ID("traceId", false);

        private final String parameter;
        private final boolean ofKind;

        Column(String parameter, boolean ofKind) {
            this.parameter = parameter;
            this.ofKind = ofKind;
        }

        /** Name of the query parameter, and of the attribute of {@link AuditEventRow}. */
        String parameter() {
            return parameter;
        }

        /** Name of the column in SQL. */
        String column() {
            return parameter.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        }

        /** Whether events of one kind share the value; has an index of its own otherwise, of all values but the empty one. */
        boolean isOfKind() {
            return ofKind;
        }
    }
}
