package io.deepsuite.audit.query;

import java.util.LinkedHashMap;
import java.util.List;
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
     * @param kinds numbers of the kinds that the events may have; empty when any will do
     * @param actorAttribute what the actor of the filter, if there is one, is compared with
     */
    static AuditEventQuery of(AuditEventRequest request, List<Integer> kinds, ActorAttribute actorAttribute) {
        var filter = request.filter();
        var hql = new StringBuilder(
                "select e.key.occurredAt, e.key.id, e.event from AuditEventRow e where e.tenant = :tenant");
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("tenant", filter.tenant());
        filter.actor().ifPresent(actor -> {
            compare(hql, actorAttribute.attribute, "actor");
            parameters.put("actor", actor);
        });
        filter.values().forEach((column, value) -> {
            if (column.isOfKind()) {
                hql.append(" and e.%1$s = :%1$s".formatted(column.parameter()));
            } else {
                compare(hql, column.parameter(), column.parameter());
            }
            parameters.put(column.parameter(), value);
        });
        if (!kinds.isEmpty()) {
            hql.append(" and e.kind in (:kinds)");
            parameters.put("kinds", kinds);
        }
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

    /** Says in so many words that the index will do, which leaves out the empty value. */
    private static void compare(StringBuilder hql, String attribute, String parameter) {
        hql.append(" and e.%1$s = :%2$s and e.%1$s <> ''".formatted(attribute, parameter));
    }
}
