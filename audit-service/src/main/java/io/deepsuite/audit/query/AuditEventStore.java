package io.deepsuite.audit.query;

import io.deepsuite.audit.database.DatabaseFailureStore;
import io.deepsuite.audit.event.EventBytes;
import io.deepsuite.audit.kind.KindStore;
import io.deepsuite.audit.query.AuditEventQuery.ActorAttribute;
import io.deepsuite.audit.subject.SubjectService;
import io.deepsuite.audit.tier.ArchivedRecord;
import io.deepsuite.audit.tier.TierSnapshot;
import io.deepsuite.audit.tier.TierStore;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;

/** Reads stored events. */
@ApplicationScoped
public class AuditEventStore {

    private final Mutiny.SessionFactory sessions;
    private final KindEventStore ofKinds;
    private final PersonEventStore persons;
    private final KindStore kinds;
    private final SubjectService subjects;
    private final TierStore tiers;
    private final QueryConfig config;

    AuditEventStore(
            Mutiny.SessionFactory sessions,
            KindEventStore ofKinds,
            PersonEventStore persons,
            KindStore kinds,
            SubjectService subjects,
            TierStore tiers,
            QueryConfig config) {
        this.sessions = sessions;
        this.ofKinds = ofKinds;
        this.persons = persons;
        this.kinds = kinds;
        this.subjects = subjects;
        this.tiers = tiers;
        this.config = config;
    }

    /** One page, newest first, with the archives that the time asked for reaches into. */
    Uni<AuditEventPage> list(AuditEventRequest request) {
        var filter = request.filter();
        return stored(request)
                .chain(page -> DatabaseFailureStore.told(
                                tiers.snapshot(filter.tenant(), filter.from(), filter.to()), config.timeout())
                        .map(now -> page.with(now.archives())));
    }

    private Uni<AuditEventPage> stored(AuditEventRequest request) {
        return found(request).chain(this::opened).map(events -> AuditEventPage.merge(request, List.of(events)));
    }

    private Uni<List<FoundEvent>> found(AuditEventRequest request) {
        var filter = request.filter();
        var shared = filter.kindValues();
        return shared.isEmpty()
                ? found(request, List.of())
                : DatabaseFailureStore.told(kinds.matching(filter.tenant(), shared), config.timeout())
                        .chain(fitting ->
                                fitting.isEmpty() ? Uni.createFrom().item(List.of()) : found(request, fitting));
    }

    /** @param fitting kinds that events may have; empty when any will do */
    private Uni<List<FoundEvent>> found(AuditEventRequest request, List<Integer> fitting) {
        var filter = request.filter();
        if (filter.isOfKindsOnly()) {
            return ofKinds.list(request, fitting);
        }
        var actor = filter.actor();
        if (actor.isEmpty()) {
            return reading(session -> select(session, request, fitting, ActorAttribute.ID));
        }
        // ranges of several indexes, merged later: an OR would read one of them to its end
        return reading(session -> select(session, request, fitting, ActorAttribute.ID)
                        .chain(byId -> select(session, request, fitting, ActorAttribute.NAME)
                                .map(byName -> joined(byId, byName))))
                .chain(plain -> persons.list(request, actor.get()).map(ofPerson -> joined(plain, ofPerson)));
    }

    private static List<FoundEvent> joined(List<FoundEvent> first, List<FoundEvent> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Only what the store has, for threads that may wait. */
    AuditEventPage page(AuditEventRequest request) {
        try {
            return VertxContextSupport.subscribeAndAwait(() -> stored(request));
        } catch (RuntimeException | Error told) {
            throw told;
        } catch (Throwable undeclared) {
            throw new IllegalStateException("a query failed for an unforeseen reason", undeclared);
        }
    }

    /** What is known now of months of the filter's time that left the store; for threads that may wait. */
    TierSnapshot tiers(AuditEventFilter filter) {
        return DatabaseFailureStore.await(
                tiers.snapshot(filter.tenant(), filter.from(), filter.to()), config.timeout());
    }

    /** The event of an operation: its outcome, or the intent where there is no outcome yet. */
    Uni<Optional<StoredEvent>> find(String tenant, UUID id) {
        return reading(session -> session.createQuery(AuditEventQuery.one(sessions.getCriteriaBuilder(), tenant, id))
                        .setMaxResults(1)
                        .getResultList())
                .map(AuditEventStore::toEvents)
                .chain(this::opened)
                .map(events -> events.stream().findFirst());
    }

    /** As readers see them, with the persons that can be read. */
    private Uni<List<StoredEvent>> opened(List<FoundEvent> events) {
        return subjects.open(events.stream().map(event -> event.bytes().array()).toList())
                .map(json -> IntStream.range(0, events.size())
                        .mapToObj(i -> new StoredEvent(
                                events.get(i).occurredAt(), events.get(i).id(), json.get(i)))
                        .toList());
    }

    /** Where an event is that {@link #find} does not have: its outcome first. */
    Uni<Optional<ArchivedRecord>> archived(String tenant, UUID id) {
        return DatabaseFailureStore.told(tiers.records(tenant, id), config.timeout())
                .map(records -> records.stream().findFirst());
    }

    private <T> Uni<T> reading(Function<Mutiny.StatelessSession, Uni<T>> work) {
        return DatabaseFailureStore.told(sessions.withStatelessSession(work), config.timeout());
    }

    private Uni<List<FoundEvent>> select(
            Mutiny.StatelessSession session,
            AuditEventRequest request,
            List<Integer> kinds,
            ActorAttribute actorAttribute) {
        var query = AuditEventQuery.of(sessions.getCriteriaBuilder(), request, kinds, actorAttribute);
        return session.createQuery(query)
                .setMaxResults(request.limit() + 1)
                .getResultList()
                .map(AuditEventStore::toEvents);
    }

    /** Three columns, not whole entities: a stateless session of Hibernate Reactive cannot resolve immutable ones, and pages need no more. */
    private static List<FoundEvent> toEvents(List<Object[]> rows) {
        return rows.stream()
                .map(row -> new FoundEvent((Instant) row[0], (UUID) row[1], new EventBytes((byte[]) row[2])))
                .toList();
    }
}
