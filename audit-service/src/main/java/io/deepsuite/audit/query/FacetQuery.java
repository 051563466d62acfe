package io.deepsuite.audit.query;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Counts by facet as one statement: the newest events of the window, at most a number of them, read once and counted by every facet. Intents whose outcome is stored
 * are left out, so that an operation counts once.
 *
 * @param sql statement text; holds names of this class only, never the caller's
 * @param parameters values by number
 */
record FacetQuery(String sql, List<Object> parameters) {

    FacetQuery {
        parameters = List.copyOf(parameters);
    }

    /**
     * Makes the statement. Its rows: facet, value, events with it, place within the facet, hash of the person where that is what was counted; the first row has
     * no facet, and all events.
     *
     * @param keys keys of the person that the filter names
     * @param kinds kinds that the events may have; absent when any will do
     * @param maxEvents most that are counted
     * @param maxValues most that are listed of a facet
     */
    static FacetQuery of(
            FacetRequest request, List<UUID> keys, Optional<List<Integer>> kinds, long maxEvents, int maxValues) {
        var parameters = new ArrayList<Object>();
        var where = conditions(request, keys, kinds, parameters);
        var columns = request.facets().stream()
                .map(facet -> "%1$s AS \"%2$s\", %3$s AS \"%2$s_person\""
                        .formatted(facet.expression(), facet.word(), facet.person()))
                .collect(Collectors.joining(", "));
        var pairs = request.facets().stream()
                .map(facet -> "('%1$s', c.\"%1$s\", c.\"%1$s_person\")".formatted(facet.word()))
                .collect(Collectors.joining(", "));
        parameters.add(maxEvents + 1);
        parameters.add((long) maxValues);
        var sql = """
                WITH counted AS MATERIALIZED (
                    SELECT %s FROM audit_event e WHERE %s
                       AND (e.phase = 'OUTCOME' OR NOT EXISTS (
                            SELECT FROM audit_event_key k WHERE k.id = e.id AND k.phase <> e.phase))
                     ORDER BY e.occurred_at DESC LIMIT $%d
                ), tally AS (
                    SELECT f.facet, f.value, f.person, count(*) AS events
                      FROM counted c CROSS JOIN LATERAL (VALUES %s) AS f (facet, value, person)
                     GROUP BY f.facet, f.value, f.person
                ), ranked AS (
                    SELECT facet, value, events, row_number() OVER (PARTITION BY facet ORDER BY events DESC, value, person) AS place, person FROM tally
                )
                SELECT NULL, NULL, count(*), 0, NULL FROM counted
                 UNION ALL
                SELECT facet, value, events, place, person FROM ranked WHERE place <= $%d
                 ORDER BY 4, 1""".formatted(columns, where, parameters.size() - 1, pairs, parameters.size());
        return new FacetQuery(sql, parameters);
    }

    private static String conditions(
            FacetRequest request, List<UUID> keys, Optional<List<Integer>> kinds, List<Object> parameters) {
        var filter = request.filter();
        var where = new ArrayList<String>();
        where.add("e.tenant = " + next(parameters, filter.tenant()));
        where.add("e.occurred_at >= " + next(parameters, request.from().atOffset(ZoneOffset.UTC)));
        where.add("e.occurred_at < " + next(parameters, request.to().atOffset(ZoneOffset.UTC)));
        filter.actor().ifPresent(actor -> {
            var place = next(parameters, actor);
            var sealing = next(parameters, keys.toArray(UUID[]::new));
            where.add("(e.actor_id = " + place + " OR e.actor_name = " + place + " OR e.personal_key = ANY(" + sealing
                    + "))");
        });
        filter.values().forEach((column, value) -> where.add("e." + column.column() + " = " + next(parameters, value)));
        kinds.ifPresent(
                numbers -> where.add("e.kind = ANY(" + next(parameters, numbers.toArray(Integer[]::new)) + ")"));
        return String.join(" AND ", where);
    }

    private static String next(List<Object> parameters, Object value) {
        parameters.add(value);
        return "$" + parameters.size();
    }
}
