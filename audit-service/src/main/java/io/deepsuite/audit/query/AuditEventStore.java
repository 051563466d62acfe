package io.deepsuite.audit.query;

import io.deepsuite.audit.event.AuditEventProtoMapper;
import io.deepsuite.audit.query.AuditEventQuery.ActorAttribute;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Reads stored events. */
@ApplicationScoped
public class AuditEventStore {

    private static final String ONE =
            """
            from AuditEventRow e
             where e.tenant = :tenant and (e.key.occurredAt, e.key.id, e.key.phase) in (
                   select k.occurredAt, k.key.id, k.key.phase from AuditEventKeyRow k where k.key.id = :id)
             order by e.key.phase desc""";

    private final Mutiny.SessionFactory sessions;

    AuditEventStore(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** One page, newest first. */
    Uni<AuditEventPage> list(AuditEventRequest request) {
        return sessions.withStatelessSession(session -> {
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
        return sessions.withStatelessSession(session -> session.createSelectionQuery(ONE, AuditEventRow.class)
                .setParameter("tenant", tenant)
                .setParameter("id", id)
                .setMaxResults(1)
                .getResultList()
                .map(rows -> rows.stream().map(AuditEventStore::toEvent).findFirst()));
    }

    private static Uni<List<StoredEvent>> select(
            Mutiny.StatelessSession session, AuditEventRequest request, ActorAttribute actorAttribute) {
        var query = AuditEventQuery.of(request, actorAttribute);
        var selection = session.createSelectionQuery(query.hql(), AuditEventRow.class);
        query.parameters().forEach(selection::setParameter);
        return selection
                .setMaxResults(request.limit() + 1)
                .getResultList()
                .map(rows -> rows.stream().map(AuditEventStore::toEvent).toList());
    }

    private static StoredEvent toEvent(AuditEventRow row) {
        return new StoredEvent(
                row.key().occurredAt(), row.key().id(), AuditEventProtoMapper.toJson(row.event()));
    }
}
