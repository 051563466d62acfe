package io.deepsuite.bench.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Timestamp;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.devstack.layout.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * Debezium's JDBC sink in Kafka Connect, one process with a task for each partition, upserting by UNNEST into a table of six columns with no index but its key. Each
 * record carries its schema, as the sink demands of JSON. It starts anew for each round, with a topic of its own.
 */
final class DebeziumContestant implements Contestant {

    private static final String TABLE = "bench_debezium";
    private static final Duration END_BOUND = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Object> SCHEMA = Map.of(
            "type",
            "struct",
            "optional",
            false,
            "fields",
            List.of(
                    Map.of("field", "id", "type", "string", "name", "io.debezium.data.Uuid", "optional", false),
                    Map.of(
                            "field",
                            "ts",
                            "type",
                            "string",
                            "name",
                            "io.debezium.time.ZonedTimestamp",
                            "optional",
                            false),
                    Map.of(
                            "field",
                            "personal_key",
                            "type",
                            "string",
                            "name",
                            "io.debezium.data.Uuid",
                            "optional",
                            false),
                    Map.of("field", "action", "type", "string", "optional", false),
                    Map.of("field", "subject", "type", "string", "optional", false),
                    Map.of("field", "payload", "type", "string", "optional", false)));

    private final Path installation;
    private final Path directory;
    private final Store store;
    private final Topics topics;

    /**
     * @param installation folder with the jars of Connect and the plugin
     * @param directory for settings and logs
     */
    DebeziumContestant(Path installation, Path directory, Store store, Topics topics) {
        this.installation = installation;
        this.directory = directory;
        this.store = store;
        this.topics = topics;
    }

    @Override
    public String name() {
        return "Debezium JDBC sink";
    }

    /** Makes the table. */
    void prepare() throws Exception {
        store.execute(
                "DROP TABLE IF EXISTS " + TABLE,
                "CREATE TABLE " + TABLE
                        + " (id uuid PRIMARY KEY, ts timestamptz NOT NULL, personal_key uuid NOT NULL, action text NOT NULL,"
                        + " subject text NOT NULL, payload text NOT NULL)");
    }

    @Override
    public double store(SampleEvents events) throws Exception {
        var topic = "bench.debezium." + events.round();
        topics.create(topic);
        topics.fill(topic, events, DebeziumContestant::json);
        var process = start(topic, events.round());
        try {
            return store.follow(events, "SELECT 1 FROM " + TABLE + " WHERE id = ?");
        } finally {
            stop(process);
            topics.delete(topic);
        }
    }

    private Process start(String topic, int round) throws IOException {
        Files.createDirectories(directory);
        var worker = write("worker.properties", worker());
        var sink = write("sink.properties", sink(topic, round));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        installation.resolve("connect") + "/*",
                        "org.apache.kafka.connect.cli.ConnectStandalone",
                        worker.toString(),
                        sink.toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        directory.resolve("connect-%d.log".formatted(round)).toFile())
                .start();
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(END_BOUND.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private Properties worker() {
        var settings = new Properties();
        topics.client().forEach((key, value) -> {
            settings.put(key, value);
            settings.put("consumer." + key, value);
            settings.put("producer." + key, value);
        });
        settings.putAll(Map.of(
                "key.converter", "org.apache.kafka.connect.storage.StringConverter",
                "value.converter", "org.apache.kafka.connect.json.JsonConverter",
                "value.converter.schemas.enable", "true",
                "offset.storage.file.filename", directory.resolve("offsets").toString(),
                "plugin.path", installation.resolve("plugins").toString(),
                "plugin.discovery", "service_load",
                // a free port each time: the one before may still be held
                "listeners", "http://127.0.0.1:" + Ports.free().of(Port.KAFKA),
                "consumer.max.poll.records", "2000",
                "consumer.auto.offset.reset", "earliest"));
        return settings;
    }

    private Properties sink(String topic, int round) {
        var settings = new Properties();
        settings.putAll(Map.of(
                "name", "bench-" + round,
                "connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector",
                "tasks.max", String.valueOf(SampleEvents.PARTITIONS),
                "topics", topic,
                "connection.url", store.url() + "&reWriteBatchedInserts=true",
                "connection.username", "audit_service_owner",
                "connection.password", "",
                "insert.mode", "upsert",
                "primary.key.mode", "record_value",
                "primary.key.fields", "id"));
        settings.putAll(Map.of(
                "schema.evolution", "none",
                "collection.name.format", TABLE,
                "batch.size", "2000",
                "dialect.postgres.unnest.insert.enabled", "true"));
        return settings;
    }

    private Path write(String name, Properties settings) throws IOException {
        var file = directory.resolve(name);
        try (var out = Files.newBufferedWriter(file)) {
            settings.store(out, null);
        }
        return file;
    }

    private static String time(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString();
    }

    private static byte[] json(AuditEvent event) {
        try {
            return JSON.writeValueAsBytes(Map.of(
                    "schema",
                    SCHEMA,
                    "payload",
                    Map.of(
                            "id", event.getId(),
                            "ts", time(event.getTime()),
                            "personal_key", event.getPersonal().getKeyId(),
                            "action", event.getAction(),
                            "subject", event.getResource().getId(),
                            // UNNEST of the sink takes no bytes
                            "payload", Base64.getEncoder().encodeToString(event.toByteArray()))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
