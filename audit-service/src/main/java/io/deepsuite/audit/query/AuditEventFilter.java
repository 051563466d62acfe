package io.deepsuite.audit.query;

import java.time.Instant;
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

    /** Filters that compare one column with one value. */
    enum Column {
        /** Kind of actor. */
        ACTOR_TYPE("actorType", "actorType"),
        /** Kind of access. */
        OPERATION("operation", "operation"),
        /** Finer verb. */
        ACTION("action", "action"),
        /** Kind of resource. */
        RESOURCE_TYPE("resourceType", "resourceType"),
        /** Identifier of the resource. */
        RESOURCE_ID("resourceId", "resourceId"),
        /** Result. */
        OUTCOME("outcome", "outcome", "SUCCESS"),
        /** Why it failed. */
        REASON("reason", "reason", "OK"),
        /** Service that wrote the event. */
        SERVICE("service", "service"),
        /** Namespace of that service. */
        NAMESPACE("namespace", "namespace"),
        /** Request id of the call. */
        REQUEST_ID("requestId", "requestId"),
        /** Trace id of the call. */
        TRACE_ID("traceId", "traceId", "");

        private final String parameter;
        private final String attribute;
        private final Optional<String> unindexed;

        Column(String parameter, String attribute) {
            this.parameter = parameter;
            this.attribute = attribute;
            this.unindexed = Optional.empty();
        }

        Column(String parameter, String attribute, String unindexed) {
            this.parameter = parameter;
            this.attribute = attribute;
            this.unindexed = Optional.of(unindexed);
        }

        /** Name of the query parameter. */
        String parameter() {
            return parameter;
        }

        /** Name of the attribute of {@link AuditEventRow}. */
        String attribute() {
            return attribute;
        }

        /** Name of the column in SQL. */
        String column() {
            return attribute.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        }

        /** Value that the column's index leaves out; empty when the index has all. */
        Optional<String> unindexed() {
            return unindexed;
        }
    }
}
