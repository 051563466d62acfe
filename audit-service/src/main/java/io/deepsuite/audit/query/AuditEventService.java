package io.deepsuite.audit.query;

import io.deepsuite.audit.tier.Tier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Searches stored events for other features, by the same rules as the REST method. */
@ApplicationScoped
public class AuditEventService {

    private final AuditEventStore store;

    AuditEventService(AuditEventStore store) {
        this.store = store;
    }

    /**
     * A page of what was found.
     *
     * @param events proto3 JSON of each, newest first
     * @param nextPageToken token of the next page; empty when this is the last
     * @param archives parts of the time asked for that are in archives, and not searched
     */
    public record Found(List<String> events, String nextPageToken, List<Tier> archives) {

        public Found {
            events = List.copyOf(events);
            archives = List.copyOf(archives);
        }
    }

    /**
     * Finds a page of events of a tenant.
     *
     * @param parameters filters, limit and page token as the REST method takes them
     * @throws io.deepsuite.servicekit.error.DeepsuiteException as the REST method refuses them
     */
    public Uni<Found> search(Map<String, List<String>> parameters, String tenant) {
        return store.list(AuditEventRequestReader.read(parameters, tenant))
                .map(page -> new Found(
                        page.events().stream().map(StoredEvent::json).toList(), page.nextPageToken(), page.archives()));
    }
}
