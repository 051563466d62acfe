package io.deepsuite.bench.audit;

import com.google.protobuf.ProtocolMessageEnum;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.devstack.certificate.Identity;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * The limit: rows that are prepared already, inserted by UNNEST into a table like {@code audit_event} with all its indexes, by a connection for each partition. No
 * Kafka, no parsing, no keys, no positions, no sealing.
 */
final class BareContestant implements Contestant {

    private static final String TABLE = "bench_bare";
    private static final int BATCH = 2000;

    private static final String INSERT = """
            INSERT INTO bench_bare
                   (occurred_at, id, phase, boot, sequence, tenant, operation, action, outcome, reason, actor_type, actor_id, actor_name,
                    workload, resource_type, resource_id, resource_version, service, instance, namespace, request_id, trace_id, event, personal_key, kind)
            SELECT *, 1 FROM unnest(
                $1::timestamptz[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[],
                $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[],
                $19::text[], $20::text[], $21::text[], $22::text[], $23::bytea[], $24::uuid[])
            """;

    private final Store store;
    private final PgConnectOptions options;

    BareContestant(Store store, Identity platform, int port) {
        this.store = store;
        options = new PgConnectOptions();
        options.setHost("127.0.0.1").setPort(port).setDatabase("audit_service").setUser("audit_service_owner");
        options.setSslMode(SslMode.VERIFY_FULL)
                .setHostnameVerificationAlgorithm("HTTPS")
                .setPemTrustOptions(
                        new PemTrustOptions().addCertPath(platform.authority().toString()))
                .setPemKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(platform.certificate().toString())
                        .addKeyPath(platform.key().toString()))
                .setCachePreparedStatements(true);
    }

    @Override
    public String name() {
        return "bare insert";
    }

    /** Makes the table. */
    void prepare() throws Exception {
        store.execute("DROP TABLE IF EXISTS " + TABLE, "CREATE TABLE " + TABLE + " (LIKE audit_event INCLUDING ALL)");
    }

    @Override
    public double store(SampleEvents events) throws Exception {
        var writers = new ArrayList<Callable<Span>>();
        var vertx = Vertx.vertx();
        try (var threads = Executors.newFixedThreadPool(SampleEvents.PARTITIONS)) {
            for (int partition = 0; partition < SampleEvents.PARTITIONS; partition++) {
                var batches = batches(events, partition);
                var connection = PgConnection.connect(vertx, options)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
                writers.add(() -> write(connection, batches));
            }
            long first = Long.MAX_VALUE;
            long last = Long.MIN_VALUE;
            for (var span : threads.invokeAll(writers)) {
                first = Math.min(first, span.get().first());
                last = Math.max(last, span.get().last());
            }
            return (double) SampleEvents.PARTITIONS * events.perPartition() / (last - first) * 1e9;
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static Span write(PgConnection connection, List<Tuple> batches) {
        long first = 0;
        for (var batch : batches) {
            connection
                    .preparedQuery(INSERT)
                    .execute(batch)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            first = first == 0 ? System.nanoTime() : first;
        }
        return new Span(first, System.nanoTime());
    }

    private static List<Tuple> batches(SampleEvents events, int partition) {
        var batches = new ArrayList<Tuple>();
        var pending = new ArrayList<AuditEvent>();
        events.of(partition, event -> {
            pending.add(event);
            if (pending.size() == BATCH) {
                batches.add(columns(pending));
                pending.clear();
            }
        });
        if (!pending.isEmpty()) {
            batches.add(columns(pending));
        }
        return batches;
    }

    private static Tuple columns(List<AuditEvent> rows) {
        return Tuple.from(new Object[] {
            array(rows, BareContestant::time, OffsetDateTime[]::new),
            array(rows, event -> UUID.fromString(event.getId()), UUID[]::new),
            word(rows, AuditEvent::getPhase),
            array(rows, event -> event.getSource().getBoot(), Long[]::new),
            array(rows, event -> event.getSource().getSequence(), Long[]::new),
            text(rows, AuditEvent::getTenant),
            word(rows, AuditEvent::getOperation),
            text(rows, AuditEvent::getAction),
            word(rows, AuditEvent::getOutcome),
            text(rows, AuditEvent::getReason),
            array(rows, _ -> "USER", String[]::new),
            text(rows, event -> event.getActor().getId()),
            text(rows, event -> event.getActor().getName()),
            text(rows, event -> event.getActor().getWorkload()),
            text(rows, event -> event.getResource().getType()),
            text(rows, event -> event.getResource().getId()),
            text(rows, event -> event.getResource().getVersion()),
            text(rows, event -> event.getSource().getService()),
            text(rows, event -> event.getSource().getInstance()),
            text(rows, event -> event.getSource().getNamespace()),
            text(rows, AuditEvent::getRequestId),
            text(rows, AuditEvent::getTraceId),
            array(rows, event -> Buffer.buffer(event.toByteArray()), Buffer[]::new),
            array(rows, event -> UUID.fromString(event.getPersonal().getKeyId()), UUID[]::new)
        });
    }

    private static OffsetDateTime time(AuditEvent event) {
        var time = event.getTime();
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).atOffset(ZoneOffset.UTC);
    }

    private static String[] text(List<AuditEvent> rows, Function<AuditEvent, String> column) {
        return array(rows, column, String[]::new);
    }

    /** The word of an enum as the columns have it: without its type's name. */
    private static String[] word(List<AuditEvent> rows, Function<AuditEvent, ProtocolMessageEnum> column) {
        return array(
                rows,
                event -> {
                    var name = column.apply(event).getValueDescriptor().getName();
                    return name.substring(name.indexOf('_') + 1);
                },
                String[]::new);
    }

    private static <T> T[] array(List<AuditEvent> rows, Function<AuditEvent, T> column, IntFunction<T[]> arrays) {
        return rows.stream().map(column).toArray(arrays);
    }

    /** When a connection's first batch was stored, and its last. */
    private record Span(long first, long last) {}
}
