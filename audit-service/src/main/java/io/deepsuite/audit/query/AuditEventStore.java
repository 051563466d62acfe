package io.deepsuite.audit.query;

import io.deepsuite.audit.database.DatabaseFailureStore;
import io.deepsuite.audit.event.AuditEventProtoMapper;
import io.deepsuite.audit.query.AuditEventQuery.ActorAttribute;
import io.deepsuite.audit.tier.ArchivedRecord;
import io.deepsuite.audit.tier.TierStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** Reads stored events. */
@ApplicationScoped
public class AuditEventStore {

    private static final String ONE = """
        select e.key.occurredAt, e.key.id, e.event from AuditEventRow e
         where e.tenant = :tenant and (e.key.occurredAt, e.key.id, e.key.phase) in (
               select k.occurredAt, k.key.id, k.key.phase from AuditEventKeyRow k where k.key.id = :id)
         order by e.key.phase desc\
        """;

    private final Mutiny.SessionFactory sessions;
    private final TierStore tiers;
    private final QueryConfig config;

    AuditEventStore(Mutiny.SessionFactory sessions, TierStore tiers, QueryConfig config) {
        this.tiers = tiers;
        this.sessions = sessions;
        this.config = config;
    }

    /** One page, newest first, with the archives that the time asked for reaches into. */
    Uni<AuditEventPage> list(AuditEventRequest request) {
        var filter = request.filter();
        return stored(request)
                .chain(page -> DatabaseFailureStore.told(
                                tiers.tiers(filter.tenant(), filter.from(), filter.to()), config.timeout())
                        .map(page::with));
    }

    private Uni<AuditEventPage> stored(AuditEventRequest request) {
        return reading(session -> {
            var byId = select(session, request, ActorAttribute.ID);
            if (request.filter().actor().isEmpty()) {
                return byId.map(events -> AuditEventPage.merge(request, List.of(events)));
            }
            // two ranges of two indexes, merged here: an OR would read either index to its end
            return byId.chain(first -> select(session, request, ActorAttribute.NAME)
                    .map(second -> AuditEventPage.merge(request, List.of(first, second))));
        });
    }

    /** The event of an operation: its outcome, or the intent where there is no outcome yet. */
    Uni<Optional<StoredEvent>> find(String tenant, UUID id) {
        return reading(session -> session.createSelectionQuery(ONE, Object[].class)
                .setParameter("tenant", tenant)
                .setParameter("id", id)
                .setMaxResults(1)
                .getResultList()
                .map(rows -> rows.stream().map(AuditEventStore::toEvent).findFirst()));
    }

    /** Where an event is that {@link #find} does not have: its outcome first. */
    Uni<Optional<ArchivedRecord>> archived(String tenant, UUID id) {
        return DatabaseFailureStore.told(tiers.records(tenant, id), config.timeout())
                .map(records -> records.stream().findFirst());
    }

    private <T> Uni<T> reading(Function<Mutiny.StatelessSession, Uni<T>> work) {
        return DatabaseFailureStore.told(sessions.withStatelessSession(work), config.timeout());
    }

    private static Uni<List<StoredEvent>> select(
            Mutiny.StatelessSession session, AuditEventRequest request, ActorAttribute actorAttribute) {
        var query = AuditEventQuery.of(request, actorAttribute);
        var selection = session.createSelectionQuery(query.hql(), Object[].class);
        query.parameters().forEach(selection::setParameter);
        return selection
                .setMaxResults(request.limit() + 1)
                .getResultList()
                .map(rows -> rows.stream().map(AuditEventStore::toEvent).toList());
    }

    /** Three columns, not whole entities: a stateless session of Hibernate Reactive cannot resolve immutable ones, and pages need no more. */
    private static StoredEvent toEvent(Object[] row) {
        return new StoredEvent((Instant) row[0], (UUID) row[1], AuditEventProtoMapper.toJson((byte[]) row[2]));
    }
}
