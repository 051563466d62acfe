package io.deepsuite.audit.query;

import io.deepsuite.audit.database.DatabaseFailureStore;
import io.deepsuite.audit.subject.SubjectKeyId;
import io.deepsuite.audit.subject.SubjectKeyWindow;
import io.deepsuite.audit.subject.SubjectService;
import io.deepsuite.audit.tier.Tier;
import io.deepsuite.audit.tier.TierSnapshot;
import io.deepsuite.audit.tier.TierStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Counts stored events by facet, for the REST method and for other features. */
@ApplicationScoped
public class AuditEventFacetService {

    private final FacetStore store;
    private final SubjectService subjects;
    private final FacetNameStore names;
    private final TierStore tiers;
    private final FacetConfig config;
    private final InstantSource clock;

    AuditEventFacetService(
            FacetStore store,
            SubjectService subjects,
            FacetNameStore names,
            TierStore tiers,
            FacetConfig config,
            InstantSource clock) {
        this.store = store;
        this.subjects = subjects;
        this.names = names;
        this.tiers = tiers;
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
        var request = AuditEventRequestReader.readFacets(parameters, tenant, clock.instant(), config.window());
        return tiers(request)
                .chain(before -> tally(request)
                        .chain(tally -> tiers(request)
                                .map(now -> now.archivesSince(before))
                                .chain(archives -> named(tally, archives, tenant))));
    }

    /** What is known now of months of the window that left: one may leave, or come back, while the store counts. */
    private Uni<TierSnapshot> tiers(FacetRequest request) {
        return DatabaseFailureStore.told(
                tiers.snapshot(request.filter().tenant(), Optional.of(request.from()), Optional.of(request.to())),
                config.timeout());
    }

    private Uni<FacetTally> tally(FacetRequest request) {
        var filter = request.filter();
        return filter.actor()
                .map(actor -> keysOf(filter.tenant(), actor, request))
                .orElseGet(() -> Uni.createFrom().item(List.of()))
                .chain(keys -> store.count(request, keys));
    }

    private Uni<List<UUID>> keysOf(String tenant, String actor, FacetRequest request) {
        var near = subjects.keysOf(tenant, actor, SubjectKeyWindow.around(request.from(), request.to()));
        return near.chain(keys -> subjects.lateKeysOf(tenant, actor, request.from(), request.to())
                .map(late -> Stream.concat(keys.stream().map(SubjectKeyId::id), late.stream())
                        .distinct()
                        .toList()));
    }

    /** Puts names in the place of hashes. */
    private Uni<FacetCounts> named(FacetTally tally, List<Tier> archives, String tenant) {
        var persons = tally.persons();
        return persons.isEmpty()
                ? Uni.createFrom().item(tally.answer(Map.of(), archives))
                : names.of(tenant, persons).map(found -> tally.answer(found, archives));
    }
}
