package io.deepsuite.audit.query;

import io.deepsuite.audit.database.DatabaseFailureStore;
import io.deepsuite.audit.kind.KindStore;
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
     * Counts; persons are counted by their hash, see {@link Facet#person()}. The server itself gives up after the configured time, so that nothing goes on counting for nobody.
     *
     * @param keys keys of the person that the filter names
     */
    Uni<FacetTally> count(FacetRequest request, List<UUID> keys) {
        var filter = request.filter();
        var shared = filter.kindValues();
        return shared.isEmpty()
                ? count(request, keys, Optional.empty())
                : DatabaseFailureStore.told(kinds.matching(filter.tenant(), shared), config.timeout())
                        .chain(fitting -> count(request, keys, Optional.of(fitting)));
    }

    private Uni<FacetTally> count(FacetRequest request, List<UUID> keys, Optional<List<Integer>> fitting) {
        var query = FacetQuery.of(request, keys, fitting, config.maxEvents(), config.maxValues());
        var bound = Tuple.of(config.timeout().toMillis() + "ms");
        var counting = pool.withTransaction(connection -> connection
                .preparedQuery(BOUND)
                .execute(bound)
                .chain(_ -> connection
                        .preparedQuery(query.sql())
                        .execute(Tuple.from(new ArrayList<>(query.parameters())))));
        return DatabaseFailureStore.told(counting, config.timeout().multipliedBy(2))
                .map(rows -> tally(request, rows));
    }

    private FacetTally tally(FacetRequest request, RowSet<Row> rows) {
        Map<String, List<FacetTally.Entry>> entries = new HashMap<>();
        long counted = 0;
        for (var row : rows) {
            var facet = row.getString(0);
            long events = row.getLong(2);
            if (facet == null) {
                counted = events;
            } else {
                var person = Optional.ofNullable(row.getString(4));
                entries.computeIfAbsent(facet, _ -> new ArrayList<>())
                        .add(new FacetTally.Entry(person.orElse(row.getString(1)), person.isPresent(), events));
            }
        }
        return new FacetTally(request, counted, counted <= config.maxEvents(), entries);
    }
}
