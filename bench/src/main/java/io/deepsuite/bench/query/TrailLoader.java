package io.deepsuite.bench.query;

import com.google.protobuf.ProtocolMessageEnum;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.bench.audit.Store;
import io.deepsuite.bench.copy.BinaryCopy;
import io.deepsuite.bench.subject.SealingProducer;
import io.deepsuite.bench.subject.StackSubjects;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * Puts a trail into the store past Kafka and ingest: all that queries read, in the tables as the migrations made them, persons sealed as journals seal them. Indexes are dropped, and made again from their
 * own definitions when the rows are in, which takes minutes where inserting into them takes an hour.
 */
final class TrailLoader {

    private static final int WRITERS = 2;
    private static final int PARTITIONS = 3;

    private static final String EVENTS =
            "audit_event (occurred_at, id, phase, boot, sequence, tenant, operation, action, outcome, reason, actor_type, actor_id, actor_name, workload, "
                    + "resource_type, resource_id, resource_version, service, instance, namespace, request_id, trace_id, event, personal_key, kind)";
    private static final int EVENT_FIELDS = 25;

    /** Without leaf: as what was stored before there was a log, so that the service seals its own events from 0. */
    private static final String KEYS =
            "audit_event_key (id, phase, occurred_at, service, instance, boot, sequence, topic_partition, topic_offset)";

    private static final int KEY_FIELDS = 9;

    /** Nobody of the trail is erased. The trigger that looks for it holds a lock for each person, of which one transaction must not have so many. */
    private static final String KEYS_ARRIVE = "ALTER TABLE subject_key %s TRIGGER subject_key_arrive";

    /** Those that another table refers to stay. */
    private static final String DEFINITIONS = """
            SELECT CASE WHEN c.oid IS NULL THEN format('DROP INDEX %1$s', i.indexrelid::regclass)
                        ELSE format('ALTER TABLE %1$s DROP CONSTRAINT %2$I', i.indrelid::regclass, c.conname) END,
                   CASE WHEN c.oid IS NULL THEN replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ')
                        ELSE format('ALTER TABLE %1$s ADD CONSTRAINT %2$I %3$s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) END
              FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u')
             WHERE i.indrelid IN ('audit_event'::regclass, 'audit_event_key'::regclass, 'subject_key'::regclass)
               AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = i.indexrelid)
             ORDER BY i.indexrelid""";

    private static final String MONTHS = """
            SELECT audit_event_add_month(month::date)
              FROM generate_series(date_trunc('month', ?::timestamptz AT TIME ZONE 'UTC'), ?::timestamptz AT TIME ZONE 'UTC', interval '1 month') AS month""";

    private final Store store;
    private final Trail trail;
    private final StackSubjects subjects;
    private final PrintStream out;

    /** @param subjects how the stack's services know persons */
    TrailLoader(Store store, Trail trail, StackSubjects subjects, PrintStream out) {
        this.store = store;
        this.trail = trail;
        this.subjects = subjects;
        this.out = out;
    }

    /** Loads the trail into an empty store. */
    void load() throws SQLException, InterruptedException, ExecutionException {
        long start = System.nanoTime();
        addMonths();
        var definitions = definitions();
        store.execute(definitions.stream().map(Definition::drop).toArray(String[]::new));
        store.execute(KEYS_ARRIVE.formatted("DISABLE"));
        copyAll();
        store.execute(KEYS_ARRIVE.formatted("ENABLE"));
        say(start, "%,d rows are copied".formatted(trail.rows()));
        for (var definition : definitions) {
            store.execute("SET maintenance_work_mem = '512MB'", definition.create());
        }
        say(start, "%d indexes are made".formatted(definitions.size()));
        // what autovacuum does in time: of each month; nothing analyzes a partitioned table by itself
        for (var table : tables()) {
            store.execute("VACUUM (ANALYZE) " + table);
        }
        say(start, "tables are analyzed");
    }

    private void say(long start, String what) {
        out.printf("%s, %.0f s after the start%n", what, (System.nanoTime() - start) / 1e9);
    }

    private void addMonths() throws SQLException {
        try (var connection = DriverManager.getConnection(store.url());
                var query = connection.prepareStatement(MONTHS)) {
            query.setString(1, trail.begin().toString());
            query.setString(2, trail.end().toString());
            query.execute();
        }
    }

    private List<Definition> definitions() throws SQLException {
        var definitions = new ArrayList<Definition>();
        try (var connection = DriverManager.getConnection(store.url());
                var rows = connection.createStatement().executeQuery(DEFINITIONS)) {
            while (rows.next()) {
                definitions.add(new Definition(rows.getString(1), rows.getString(2)));
            }
        }
        return definitions;
    }

    private List<String> tables() throws SQLException {
        var tables = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(store.url());
                var rows = connection
                        .createStatement()
                        .executeQuery(
                                "SELECT name FROM audit_event_months() UNION ALL VALUES ('audit_event_key'), ('audit_event_kind'), ('subject_key')")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private void copyAll() throws InterruptedException, ExecutionException {
        var writers = new ArrayList<Callable<Void>>();
        for (int writer = 0; writer < WRITERS; writer++) {
            long first = trail.rows() * writer / WRITERS;
            long next = trail.rows() * (writer + 1) / WRITERS;
            int part = writer;
            writers.add(() -> copy(part, first, next));
        }
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            for (var written : threads.invokeAll(writers)) {
                written.get();
            }
        }
    }

    private Void copy(int part, long first, long next) throws SQLException, IOException {
        try (var connection = DriverManager.getConnection(store.url());
                var beside = DriverManager.getConnection(store.url());
                var asking = DriverManager.getConnection(store.url())) {
            try (var events = new BinaryCopy(connection, EVENTS);
                    var keys = new KeyRows(beside, part);
                    var kinds = new KindNumbers(asking)) {
                copyEvents(events, keys, kinds, first, next);
            }
            copyKeys(connection, first, next);
        }
        return null;
    }

    /** Each replica of a service has keys of its own, as all of them start anew where another part begins. */
    private void copyEvents(BinaryCopy events, KeyRows keys, KindNumbers kinds, long first, long next)
            throws SQLException, IOException {
        var producers = new HashMap<String, SealingProducer>();
        for (long number = first; number < next; number++) {
            var plain = trail.event(number);
            var producer = producers.computeIfAbsent(
                    plain.getSource().getService() + '/' + plain.getSource().getInstance(),
                    _ -> new SealingProducer(subjects));
            var sealed = producer.seal(plain);
            if (sealed.key().isPresent()) {
                keys.add(sealed.key().get());
            }
            copyEvent(events, kinds, number, sealed.event());
        }
    }

    private void copyEvent(BinaryCopy copy, KindNumbers kinds, long number, AuditEvent event)
            throws SQLException, IOException {
        var actor = event.getActor();
        var source = event.getSource();
        copy.row(EVENT_FIELDS)
                .time(trail.time(number))
                .uuid(trail.id(number))
                .text("OUTCOME")
                .number(source.getBoot())
                .number(source.getSequence())
                .text(event.getTenant())
                .text(word(event.getOperation(), "OPERATION_"))
                .text(event.getAction())
                .text(word(event.getOutcome(), "OUTCOME_"))
                .text(event.getReason())
                .text(word(actor.getType(), "ACTOR_TYPE_"))
                .text(actor.getId())
                .text(actor.getName())
                .text(actor.getWorkload())
                .text(event.getResource().getType())
                .text(event.getResource().getId())
                .text(event.getResource().getVersion())
                .text(source.getService())
                .text(source.getInstance())
                .text(source.getNamespace())
                .text(event.getRequestId())
                .text(event.getTraceId())
                .bytes(event.toByteArray());
        if (event.hasPersonal()) {
            copy.uuid(UUID.fromString(event.getPersonal().getKeyId()));
        } else {
            copy.absent();
        }
        copy.small(kinds.of(List.of(
                event.getTenant(),
                word(event.getOperation(), "OPERATION_"),
                event.getAction(),
                word(event.getOutcome(), "OUTCOME_"),
                event.getReason(),
                word(actor.getType(), "ACTOR_TYPE_"),
                event.getResource().getType(),
                source.getService(),
                source.getNamespace())));
    }

    private void copyKeys(Connection connection, long first, long next) throws SQLException, IOException {
        try (var copy = new BinaryCopy(connection, KEYS)) {
            for (long number = first; number < next; number++) {
                copy.row(KEY_FIELDS)
                        .uuid(trail.id(number))
                        .text("OUTCOME")
                        .time(trail.time(number))
                        .text(trail.activity(number).service())
                        .text(Trail.instance(number))
                        .number(1)
                        .number(Trail.sequence(number))
                        .small((int) (number % PARTITIONS))
                        .number(number);
            }
        }
    }

    private static String word(ProtocolMessageEnum value, String prefix) {
        return value.getValueDescriptor().getName().substring(prefix.length());
    }

    /** How an index goes and comes back. */
    private record Definition(String drop, String create) {}
}
