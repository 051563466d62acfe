package io.deepsuite.audit.query;

import io.deepsuite.audit.query.AuditEventFilter.Column;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A list request as HQL: a range of one index, newest first. An intent is left out once its operation's outcome is stored.
 *
 * @param hql query text; holds names and literals of this class only, never the caller's
 * @param parameters values by name
 */
record AuditEventQuery(String hql, Map<String, Object> parameters) {

    /** Compares phases with {@code <>}, not with the word, to keep the planner from hashing the whole table of keys for one page. */
    private static final String ONE_PER_OPERATION = " and (e.key.phase = 'OUTCOME' or not exists ("
            + "select 1 from AuditEventKeyRow k"
            + " where k.key.id = e.key.id and k.key.phase <> e.key.phase))";

    AuditEventQuery {
        parameters = Map.copyOf(parameters);
    }

    /** Which attribute an actor filter is compared with. */
    enum ActorAttribute {
        /** Subject. */
        ID("actorId"),
        /** Readable name. */
        NAME("actorName");

        private final String attribute;

        ActorAttribute(String attribute) {
            this.attribute = attribute;
        }
    }

    /**
     * Makes the query.
     *
     * @param actorAttribute what the actor of the filter, if there is one, is compared with
     */
    static AuditEventQuery of(AuditEventRequest request, ActorAttribute actorAttribute) {
        var filter = request.filter();
        var hql = new StringBuilder(
                "select e.key.occurredAt, e.key.id, e.event from AuditEventRow e where e.tenant = :tenant");
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("tenant", filter.tenant());
        filter.actor().ifPresent(actor -> {
            hql.append(" and e.").append(actorAttribute.attribute).append(" = :actor");
            parameters.put("actor", actor);
        });
        filter.values().forEach((column, value) -> compare(hql, parameters, column, value));
        filter.from().ifPresent(time -> {
            hql.append(" and e.key.occurredAt >= :from");
            parameters.put("from", time);
        });
        filter.to().ifPresent(time -> {
            hql.append(" and e.key.occurredAt < :to");
            parameters.put("to", time);
        });
        request.after().ifPresent(page -> {
            hql.append(" and e.key.occurredAt <= :pageTime and (e.key.occurredAt < :pageTime or e.key.id < :pageId)");
            parameters.put("pageTime", page.occurredAt());
            parameters.put("pageId", page.id());
        });
        hql.append(ONE_PER_OPERATION).append(" order by e.key.occurredAt desc, e.key.id desc");
        return new AuditEventQuery(hql.toString(), parameters);
    }

    private static void compare(StringBuilder hql, Map<String, Object> parameters, Column column, String value) {
        hql.append(" and e.").append(column.attribute()).append(" = :").append(column.parameter());
        parameters.put(column.parameter(), value);
        column.unindexed().filter(left -> !left.equals(value)).ifPresent(left -> {
            // says in so many words that the partial index will do
            hql.append(" and e.")
                    .append(column.attribute())
                    .append(" <> '")
                    .append(left)
                    .append('\'');
        });
    }
}
