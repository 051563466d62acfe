package io.deepsuite.audit.query;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A list request as a query: a range of one index, newest first. An intent is left out once its operation's outcome is stored.
 *
 * <p>Criteria, and no HQL: the parser of HQL held the event loops of an executable that had just started for seconds, and with them ingest.
 */
final class AuditEventQuery {

    private final CriteriaBuilder criteria;
    private final CriteriaQuery<Object[]> query;
    private final Root<AuditEventRow> event;
    private final Path<Instant> occurredAt;
    private final Path<UUID> id;
    private final List<Predicate> conditions = new ArrayList<>();

    private AuditEventQuery(CriteriaBuilder criteria) {
        this.criteria = criteria;
        this.query = criteria.createQuery(Object[].class);
        this.event = query.from(AuditEventRow.class);
        this.occurredAt = event.get("key").get("occurredAt");
        this.id = event.get("key").get("id");
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
     * Makes the query, of the time, id and bytes of events.
     *
     * @param kinds numbers of the kinds that the events may have; empty when any will do
     * @param actorAttribute what the actor of the filter, if there is one, is compared with
     */
    static CriteriaQuery<Object[]> of(
            CriteriaBuilder criteria, AuditEventRequest request, List<Integer> kinds, ActorAttribute actorAttribute) {
        return new AuditEventQuery(criteria).list(request, kinds, actorAttribute);
    }

    /** The event of an operation, its outcome first. */
    static CriteriaQuery<Object[]> one(CriteriaBuilder criteria, String tenant, UUID id) {
        return new AuditEventQuery(criteria).one(tenant, id);
    }

    private CriteriaQuery<Object[]> list(
            AuditEventRequest request, List<Integer> kinds, ActorAttribute actorAttribute) {
        var filter = request.filter();
        conditions.add(criteria.equal(event.get("tenant"), filter.tenant()));
        filter.actor().ifPresent(actor -> compareIndexed(actorAttribute.attribute, actor));
        filter.values().forEach((column, value) -> {
            if (column.isOfKind()) {
                conditions.add(criteria.equal(event.get(column.parameter()), value));
            } else {
                compareIndexed(column.parameter(), value);
            }
        });
        if (!kinds.isEmpty()) {
            conditions.add(event.get("kind").in(kinds));
        }
        filter.from().ifPresent(time -> conditions.add(criteria.greaterThanOrEqualTo(occurredAt, time)));
        filter.to().ifPresent(time -> conditions.add(criteria.lessThan(occurredAt, time)));
        request.after().ifPresent(page -> {
            conditions.add(criteria.lessThanOrEqualTo(occurredAt, page.occurredAt()));
            conditions.add(
                    criteria.or(criteria.lessThan(occurredAt, page.occurredAt()), criteria.lessThan(id, page.id())));
        });
        conditions.add(onePerOperation());
        return selected().orderBy(criteria.desc(occurredAt), criteria.desc(id));
    }

    private CriteriaQuery<Object[]> one(String tenant, UUID asked) {
        var keys = query.subquery(Integer.class);
        var key = keys.from(AuditEventKeyRow.class);
        keys.select(criteria.literal(1))
                .where(
                        criteria.equal(key.get("key").get("id"), asked),
                        criteria.equal(key.get("occurredAt"), occurredAt),
                        criteria.equal(key.get("key").get("id"), id),
                        criteria.equal(key.get("key").get("phase"), phase()));
        conditions.add(criteria.equal(event.get("tenant"), tenant));
        conditions.add(criteria.exists(keys));
        return selected().orderBy(criteria.desc(phase()));
    }

    private CriteriaQuery<Object[]> selected() {
        return query.select(criteria.array(occurredAt, id, event.get("event")))
                .where(conditions.toArray(Predicate[]::new));
    }

    /** Compares phases with {@code <>}, not with the word, to keep the planner from hashing the whole table of keys for one page. */
    private Predicate onePerOperation() {
        var others = query.subquery(Integer.class);
        var other = others.from(AuditEventKeyRow.class).get("key");
        others.select(criteria.literal(1))
                .where(criteria.equal(other.get("id"), id), criteria.notEqual(other.get("phase"), phase()));
        return criteria.or(criteria.equal(phase(), criteria.literal("OUTCOME")), criteria.not(criteria.exists(others)));
    }

    /** Says in so many words that the index will do, which leaves out the empty value. */
    private void compareIndexed(String attribute, String value) {
        conditions.add(criteria.equal(event.get(attribute), value));
        conditions.add(criteria.notEqual(event.get(attribute), criteria.literal("")));
    }

    private Path<String> phase() {
        return event.get("key").get("phase");
    }
}
