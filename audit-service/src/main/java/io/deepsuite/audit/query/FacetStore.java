package io.deepsuite.audit.query;

import io.deepsuite.audit.database.DatabaseFailureStore;
import io.deepsuite.audit.kind.KindStore;
import io.deepsuite.audit.query.FacetCounts.FacetValues;
import io.deepsuite.audit.query.FacetCounts.ValueCount;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Counts stored events. Uses the pool directly: HQL has no table of values to count by. */
@ApplicationScoped
public class FacetStore {

    private static final String BOUND = "SELECT set_config('statement_timeout', $1, true)";

    private final Pool pool;
    private final KindStore kinds;
    private final FacetConfig config;

    FacetStore(Pool pool, KindStore kinds, FacetConfig config) {
        this.pool = pool;
        this.kinds = kinds;
        this.config = config;
    }

    /**
     * Counts; persons are counted by their hash, see {@link Facet#SEALED}. The server itself gives up after the configured time, so that nothing goes on counting for nobody.
     *
     * @param keys keys of the person that the filter names
     */
    Uni<FacetCounts> count(FacetRequest request, List<UUID> keys) {
        var filter = request.filter();
        var shared = filter.kindValues();
        return shared.isEmpty()
                ? count(request, keys, Optional.empty())
                : DatabaseFailureStore.told(kinds.matching(filter.tenant(), shared), config.timeout())
                        .chain(fitting -> count(request, keys, Optional.of(fitting)));
    }

    private Uni<FacetCounts> count(FacetRequest request, List<UUID> keys, Optional<List<Integer>> fitting) {
        var query = FacetQuery.of(request, keys, fitting, config.maxEvents(), config.maxValues());
        var bound = Tuple.of(config.timeout().toMillis() + "ms");
        var counting = pool.withTransaction(connection -> connection
                .preparedQuery(BOUND)
                .execute(bound)
                .chain(_ -> connection
                        .preparedQuery(query.sql())
                        .execute(Tuple.from(new ArrayList<>(query.parameters())))));
        return DatabaseFailureStore.told(counting, config.timeout().multipliedBy(2))
                .map(rows -> counts(request, rows));
    }

    private FacetCounts counts(FacetRequest request, RowSet<Row> rows) {
        Map<String, List<ValueCount>> values = new HashMap<>();
        long counted = 0;
        for (var row : rows) {
            var facet = row.getString(0);
            long events = row.getLong(2);
            if (facet == null) {
                counted = events;
            } else {
                values.computeIfAbsent(facet, _ -> new ArrayList<>()).add(new ValueCount(row.getString(1), events));
            }
        }
        long all = counted;
        var facets = request.facets().stream()
                .map(facet -> {
                    var listed = values.getOrDefault(facet.word(), List.of());
                    return new FacetValues(
                            facet.word(),
                            listed,
                            all - listed.stream().mapToLong(ValueCount::events).sum());
                })
                .toList();
        return new FacetCounts(
                request.from().toString(), request.to().toString(), all, all <= config.maxEvents(), facets);
    }
}
