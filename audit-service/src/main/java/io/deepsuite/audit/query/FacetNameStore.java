package io.deepsuite.audit.query;

import io.deepsuite.audit.database.DatabaseFailureStore;
import io.deepsuite.audit.subject.SubjectService;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Finds the names of persons that were counted by their hash: an event of each is opened. Uses the pool directly: arrays are beyond Hibernate Reactive. */
@ApplicationScoped
public class FacetNameStore {

    private static final String ONE_OF_EACH = """
            SELECT DISTINCT ON (k.subject) k.subject, newest.event
              FROM subject_key k
             CROSS JOIN LATERAL (
                SELECT e.event FROM audit_event e WHERE e.personal_key = k.key_id ORDER BY e.occurred_at DESC LIMIT 1) AS newest
             WHERE k.tenant = $1 AND k.subject = ANY($2::bytea[])
             ORDER BY k.subject, k.created_at DESC
            """;

    private final Pool pool;
    private final SubjectService subjects;
    private final QueryConfig config;

    FacetNameStore(Pool pool, SubjectService subjects, QueryConfig config) {
        this.pool = pool;
        this.subjects = subjects;
        this.config = config;
    }

    /**
     * Names by hash, or ids where there is no name; persons who were erased meanwhile are missing.
     *
     * @param persons hashes as {@link Facet#person()} has them
     */
    Uni<Map<String, String>> of(String tenant, List<String> persons) {
        var hashes = persons.stream()
                .map(person -> Buffer.buffer(HexFormat.of().parseHex(person)))
                .toArray(Buffer[]::new);
        return DatabaseFailureStore.told(
                        pool.preparedQuery(ONE_OF_EACH).execute(Tuple.of(tenant, hashes)), config.timeout())
                .chain(rows -> {
                    var found = StreamSupport.stream(rows.spliterator(), false).toList();
                    return subjects.open(found.stream()
                                    .map(row -> row.getBuffer(1).getBytes())
                                    .toList())
                            .map(opened -> names(found, opened));
                });
    }

    private static Map<String, String> names(List<Row> found, List<String> opened) {
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < found.size(); i++) {
            var hash = HexFormat.of().formatHex(found.get(i).getBuffer(0).getBytes());
            var actor = new JsonObject(opened.get(i)).getJsonObject("actor", new JsonObject());
            var name = actor.getString("name", "");
            names.put(hash, name.isEmpty() ? actor.getString("id", "") : name);
        }
        return names;
    }
}
