package io.deepsuite.audit.kind;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/** Keeps the kinds of events. */
@ApplicationScoped
public class KindStore {

    private static final int VALUES = 9;

    private static final String NUMBER = """
            SELECT b.place, audit_event_kind_of(
                   b.tenant, b.operation, b.action, b.outcome, b.reason, b.actor_type, b.resource_type, b.service, b.namespace)
              FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
                   WITH ORDINALITY AS b (
                   tenant, operation, action, outcome, reason, actor_type, resource_type, service, namespace, place)
            """;

    private final Pool pool;

    KindStore(Pool pool) {
        this.pool = pool;
    }

    /** The number of each kind; what is new gets one, for ever. */
    public Uni<Map<EventKind, Integer>> number(Collection<EventKind> kinds) {
        // in one order everywhere, so that two that make the same kinds never wait for each other in a circle
        var ordered = kinds.stream()
                .distinct()
                .sorted(Comparator.comparing(kind -> kind.values().toString()))
                .toList();
        var columns = IntStream.range(0, VALUES)
                .mapToObj(column ->
                        ordered.stream().map(kind -> kind.values().get(column)).toArray(String[]::new))
                .toArray();
        return pool.preparedQuery(NUMBER).execute(Tuple.from(columns)).map(rows -> {
            Map<EventKind, Integer> numbers = new HashMap<>();
            rows.forEach(row -> numbers.put(ordered.get(Math.toIntExact(row.getLong(0)) - 1), row.getInteger(1)));
            return numbers;
        });
    }

    /**
     * Numbers of the kinds that have these values.
     *
     * @param values by column of the table; names of columns are never a caller's
     */
    public Uni<List<Integer>> matching(String tenant, SequencedMap<String, String> values) {
        var sql = new StringBuilder("SELECT kind FROM audit_event_kind WHERE tenant = $1");
        var parameters = new ArrayList<Object>(List.of(tenant));
        values.forEach((column, value) -> {
            parameters.add(value);
            sql.append(" AND ").append(column).append(" = $").append(parameters.size());
        });
        return pool.preparedQuery(sql.append(" ORDER BY kind").toString())
                .execute(Tuple.from(parameters))
                .map(rows -> rows.stream().map(row -> row.getInteger(0)).toList());
    }
}
