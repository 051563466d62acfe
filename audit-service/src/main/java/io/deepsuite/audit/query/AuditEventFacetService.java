package io.deepsuite.audit.query;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Counts stored events by facet, for the REST method and for other features. */
@ApplicationScoped
public class AuditEventFacetService {

    private final FacetStore store;
    private final FacetConfig config;
    private final InstantSource clock;

    AuditEventFacetService(FacetStore store, FacetConfig config, InstantSource clock) {
        this.store = store;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Counts events of a tenant.
     *
     * @param parameters filters and facets as the REST method takes them
     * @throws io.deepsuite.servicekit.error.DeepsuiteException as the REST method refuses them
     */
    public Uni<FacetCounts> count(Map<String, List<String>> parameters, String tenant) {
        return store.count(AuditEventRequestReader.readFacets(parameters, tenant, clock.instant(), config.window()));
    }
}
