package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.proof.merkle.ConsistencyProof;
import io.deepsuite.proof.merkle.Frontier;
import io.deepsuite.proof.merkle.TreeAppender;
import io.deepsuite.proof.merkle.TreeHash;
import io.deepsuite.systemtests.suite.HandMade;
import io.deepsuite.systemtests.suite.Https;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import io.deepsuite.systemtests.suite.Tampering;
import io.deepsuite.systemtests.suite.Tampering.Leaf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever the owner of the database does to a stored event, the offline verifier notices and names the place. */
@ExtendWith(SuiteExtension.class)
class AuditProofIT {

    /** One log, one event or a piece of a log is not the whole trail. */
    private static final String PART = "--part";

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int EVENTS = 12;

    private final Suite suite;
    private final Random random = new Random(20261122);
    private List<Leaf> leaves = List.of();
    private String eventId = "";

    AuditProofIT(Suite suite) {
        this.suite = suite;
    }

    /** Events of a source of its own, stored, sealed and covered by a checkpoint. */
    @BeforeEach
    void sealEvents() throws SQLException {
        var source = new HandMade(suite, "proof");
        source.send(1, EVENTS);
        suite.events().awaitOne(source.requestId(EVENTS));
        eventId = source.id(1);
        try (var database = suite.databases().tamper()) {
            leaves = database.leaves(source.instance());
        }
        assertThat(leaves).hasSize(EVENTS);
        suite.logs().awaitCheckpoint(log(), leaves.getLast().leaf() + 1);
    }

    @Test
    void everyExportIsValid() {
        assertValid(export(), PART);
        assertValid(suite.logs().body("audit-logs/bundle"));
        assertValid(suite.logs().body("audit-events/" + eventId + "/bundle"), PART);
    }

    @Test
    void exportGoesOnWhereTheLastOneEnded() {
        long half = leaves.get(EVENTS / 2).leaf();

        var first = suite.logs().body("audit-logs/%d/bundle?limit=%d".formatted(log(), half));
        var second = suite.logs().body("audit-logs/%d/bundle?from=%d".formatted(log(), half));

        assertValid(first, PART);
        assertValid(second, PART);
        assertThat(second).contains("\"from\":" + half);
    }

    @Test
    void anExportWithoutALogOrWithoutItsTailIsNotTheWholeTrail() {
        // Given
        var whole = suite.logs().body("audit-logs/bundle");
        var ours = "deepsuite.audit.v1/" + log();
        var kept = new ArrayList<String>();
        int taken = 0;
        var within = "";
        for (var line : whole.lines().toList()) {
            var json = Https.json(line);
            within = json.has("from") ? json.path("log").asText() : within;
            if (!within.equals(ours)) {
                kept.add(line);
            } else if (!json.has("from") && !json.has("checkpoint") && !json.has("archive")) {
                taken++;
            }
            within = json.has("to") ? "" : within;
        }
        var without = String.join("\n", kept.subList(0, kept.size() - 1))
                + "\n{\"end\":%d}\n"
                        .formatted(Https.json(kept.getLast()).path("end").asLong() - taken);

        // When
        var verdict = suite.verifier().verify(without);
        var started = suite.verifier().verify(suite.logs().body("audit-logs/%d/bundle?limit=2".formatted(log())));

        // Then
        assertThat(verdict.exitCode()).as(verdict.text()).isEqualTo(2);
        assertThat(verdict.text()).contains("A PART: ").contains(ours + ", leaves 0 to ");
        assertThat(started.exitCode()).as(started.text()).isEqualTo(2);
        assertThat(started.text()).contains(ours + ", leaves 2 to ");
    }

    /** An export ends at the newest checkpoint that is stored; whoever held a newer one would take the log for cut. */
    @Test
    void nothingIsPublishedThatAnExportDoesNotReach() throws SQLException {
        try (var owner = suite.databases()
                .connect("audit_service", "audit_service_owner", suite.stack().identity("platform"))) {
            owner.setAutoCommit(false);
            owner.createStatement().execute("LOCK TABLE log_checkpoint IN SHARE MODE"); // who reads does not wait
            await("a checkpoint that cannot be stored").atMost(PATIENCE).until(() -> waits(owner));

            assertThat(publishedOnly()).isEmpty();
            assertValid(suite.logs().body("audit-logs/bundle"));
            assertThat(waits(owner)).as("all the time").isTrue();
            owner.rollback();
        }
        long size = suite.logs().log(log()).path("treeSize").asLong();
        suite.logs().awaitCheckpoint(log(), size);
        var origin = suite.logs().log(log()).path("origin").asText();
        await("what is stored to be published").atMost(PATIENCE).until(() -> newestPublished(origin) >= size);
    }

    /** Asks besides, which lets a log grow. */
    private boolean waits(Connection owner) throws SQLException {
        suite.logs().json("audit-logs");
        try (var row = owner.createStatement()
                .executeQuery(
                        "SELECT count(*) FROM pg_locks WHERE relation = 'log_checkpoint'::regclass AND NOT granted")) {
            row.next();
            return row.getInt(1) > 0;
        }
    }

    /** Logs of which more is published than stored. */
    private List<String> publishedOnly() {
        return suite.logs()
                .json("audit-logs")
                .path("logs")
                .valueStream()
                .filter(log -> newestPublished(log.path("origin").asText())
                        > log.at("/checkpoint/treeSize").asLong())
                .map(JsonNode::toString)
                .toList();
    }

    private long newestPublished(String origin) {
        try (var files = Files.list(suite.stack().directory().published().resolve(origin))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".checkpoint"))
                    .mapToLong(name -> Long.parseLong(name.substring(0, name.indexOf('.'))))
                    .max()
                    .orElse(0);
        } catch (NoSuchFileException _) {
            return 0; // nothing of this log yet
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anyChangedByteOfAnyEventIsNoticedAtItsPlace() throws SQLException {
        for (int i = 0; i < 6; i++) {
            var leaf = leaves.get(random.nextInt(EVENTS));
            try (var database = suite.databases().tamper()) {
                byte[] forged = database.event(leaf);
                forged[random.nextInt(forged.length)] ^= (byte) (1 << random.nextInt(8));
                database.change(leaf, forged);

                assertInvalid("leaf %d: the event was changed".formatted(leaf.leaf()));
            }
        }
        assertValid(export(), PART);
    }

    @Test
    void deletedRowIsNoticedAtItsPlace() throws SQLException {
        var leaf = leaves.get(4);
        try (var database = suite.databases().tamper()) {
            database.delete(leaf);

            assertInvalid("leaf %d: the event was deleted".formatted(leaf.leaf()));
        }
        assertValid(export(), PART);
    }

    @Test
    void droppedTailIsNoticedWhereItBegins() throws SQLException {
        try (var database = suite.databases().tamper()) {
            for (var leaf : leaves.subList(EVENTS - 3, EVENTS)) {
                database.delete(leaf);
            }

            assertInvalid("leaf %d: the event was deleted"
                    .formatted(leaves.get(EVENTS - 3).leaf()));
        }
        assertValid(export(), PART);
    }

    @Test
    void swappedRowsAreNoticedAtTheFirst() throws SQLException {
        try (var database = suite.databases().tamper()) {
            byte[] one = database.event(leaves.get(2));
            byte[] other = database.event(leaves.get(7));
            database.change(leaves.get(2), other);
            database.change(leaves.get(7), one);

            assertInvalid(
                    "leaf %d: the event was changed".formatted(leaves.get(2).leaf()));
        }
        assertValid(export(), PART);
    }

    @Test
    void rebuiltTreeIsNoticedGetsNoSignatureAndNoConsistencyProof() throws SQLException {
        var before = suite.logs().json("audit-logs/%d/checkpoints/latest".formatted(log()));
        try (var database = suite.databases().tamper()) {
            rebuild(database, leaves.get(5));

            var verdict = suite.verifier().verify(export());
            assertThat(verdict.text())
                    .containsAnyOf("the events are not those that the checkpoint", "the log was rewritten");
            assertThat(verdict.exitCode()).isEqualTo(1);
            assertThat(proofFrom(before)).isFalse();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    suite.logs().log(log()).path("damage").isNull())
                            .isFalse());
        }
        assertThat(proofFrom(before)).isTrue();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(suite.logs().log(log()).path("damage").isNull())
                                .isTrue());
        assertValid(export(), PART);
    }

    /** Whether the service can prove that its log begins with that checkpoint. */
    private boolean proofFrom(JsonNode checkpoint) {
        long size = checkpoint.path("treeSize").asLong();
        var answer = suite.logs().json("audit-logs/%d/consistency?from=%d".formatted(log(), size));
        var path = answer.path("path").valueStream().map(AuditProofIT::hash).toList();
        return new ConsistencyProof(size, answer.path("to").asLong(), path)
                .verifies(hash(checkpoint.path("rootHash")), hash(answer.path("toRoot")));
    }

    private static TreeHash hash(JsonNode base64) {
        return TreeHash.of(Base64.getDecoder().decode(base64.asText()));
    }

    /** Changes an event and everything that was computed from it. */
    private static void rebuild(Tampering database, Leaf leaf) throws SQLException {
        byte[] forged = database.event(leaf);
        forged[forged.length - 1] ^= 1;
        long size = database.size(leaf.log());
        byte[] packed = database.hashes(leaf.log(), 0);
        System.arraycopy(TreeHash.ofLeaf(forged).toBytes(), 0, packed, Math.toIntExact(leaf.leaf() * 32), 32);
        var tree = new TreeAppender(Frontier.empty());
        for (int i = 0; i < size; i++) {
            tree.append(TreeHash.at(packed, i));
        }
        List<ByteArrayOutputStream> levels = new ArrayList<>();
        for (var run : tree.runs()) {
            while (levels.size() <= run.level()) {
                levels.add(new ByteArrayOutputStream());
            }
            levels.get(run.level()).writeBytes(run.packed());
        }
        database.change(leaf, forged);
        for (int level = 0; level < levels.size(); level++) {
            database.replaceHashes(leaf.log(), level, levels.get(level).toByteArray());
        }
        var peaks = new ByteArrayOutputStream();
        tree.frontier().peaks().forEach(peak -> peaks.writeBytes(peak.toBytes()));
        database.replacePeaks(leaf.log(), size, peaks.toByteArray());
    }

    @Test
    void roleOfTheServiceCanOnlyAdd() throws SQLException {
        try (var connection = suite.databases()
                .connect("audit_service", "audit_service", suite.stack().identity("audit-service"))) {
            for (var attempt : List.of(
                    "UPDATE audit_event SET event = ''",
                    "DELETE FROM audit_event_key",
                    "TRUNCATE log_tile",
                    "UPDATE log_tree SET peaks = ''",
                    "DELETE FROM log_checkpoint",
                    "UPDATE source_run SET watermark = 0",
                    "ALTER TABLE log_tree DISABLE TRIGGER USER")) {
                try (var statement = connection.createStatement()) {
                    assertThatThrownBy(() -> statement.execute(attempt))
                            .as(attempt)
                            .isInstanceOf(SQLException.class)
                            .hasMessageMatching("(?s).*(permission denied|must be owner).*");
                }
            }
            try (var statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute(
                                "INSERT INTO log_tree (log, first_leaf, tree_size, peaks) VALUES (%d, 0, 1, sha256('x'))"
                                        .formatted(log())))
                        .hasMessageContaining("first_leaf 0 (expected: ");
                assertThatThrownBy(() -> statement.execute(
                                "INSERT INTO log_tile (log, level, first_hash, hashes) VALUES (%d, 0, 0, sha256('x'))"
                                        .formatted(log())))
                        .hasMessageContaining("log_tile_pk");
            }
        }
    }

    @Test
    void missingEventIsNamedWithinAMinuteUntilItArrives() {
        var source = new HandMade(suite, "gap");
        source.send(1, 1);
        source.send(3, 3);

        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            var answer = suite.logs().json("audit-sources");
            var report = suite.logs().source("model-service", source.instance(), 1);
            assertThat(answer.path("complete")).isEqualTo(BooleanNode.FALSE);
            assertThat(report.path("state").asText()).isEqualTo("MISSING");
            assertThat(report.path("watermark").asLong()).isEqualTo(1);
            assertThat(report.path("highest").asLong()).isEqualTo(3);
            assertThat(report.path("missingCount").asLong()).isEqualTo(1);
            assertThat(report.path("gapCount").asInt()).isEqualTo(1);
            assertThat(report.path("missing")).hasSize(1);
            assertThat(report.path("missing").path(0).path("from").asLong()).isEqualTo(2);
            assertThat(report.path("missing").path(0).path("to").asLong()).isEqualTo(2);
        });
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(errors())
                        .contains("source=model-service/%s/1 missing=2 missingCount=1 audit events are missing"
                                .formatted(source.instance())));
        assertThat(missingEvents()).isPositive();

        source.send(2, 2);

        await().atMost(PATIENCE).untilAsserted(() -> {
            var report = suite.logs().source("model-service", source.instance(), 1);
            assertThat(report.path("state").asText()).isEqualTo("OPEN");
            assertThat(report.path("watermark").asLong()).isEqualTo(3);
            assertThat(report.path("missing")).isEmpty();
        });
    }

    /** What the service has logged as errors. */
    private List<String> errors() throws IOException {
        var mapper = new ObjectMapper();
        try (var lines = Files.lines(suite.stack().log(Component.AUDIT_SERVICE), StandardCharsets.UTF_8)) {
            List<String> messages = new ArrayList<>();
            for (var line : lines.filter(text -> text.startsWith("{") && text.endsWith("}"))
                    .toList()) {
                var entry = mapper.readTree(line);
                if (entry.path("log.level").asText().equals("ERROR")) {
                    messages.add(entry.path("message").asText());
                }
            }
            return messages;
        }
    }

    private double missingEvents() {
        try (var client = HttpClient.newHttpClient()) {
            var metrics = client.send(
                    HttpRequest.newBuilder(URI.create(
                                    suite.stack().addresses().management(Component.AUDIT_SERVICE) + "/metrics"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return metrics.body()
                    .lines()
                    .filter(line -> line.startsWith("deepsuite_audit_missing_events"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    void anotherImplementationAgrees() throws IOException, InterruptedException {
        assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v node").start().waitFor() == 0,
                "SKIPPED: node is not installed, so checkpoints are not checked by another implementation");
        var proof = Files.createTempFile("proof", ".json");
        Files.writeString(proof, suite.logs().body("audit-events/" + eventId + "/proof"));
        var command = new ArrayList<>(List.of(
                "node",
                "independent/check.mjs",
                suite.logs().json("audit-logs").path("keys").get(0).asText(),
                proof.toString()));
        var published = suite.stack().directory().published();
        try (var files = Files.walk(published)) {
            files.map(Path::toString)
                    .filter(file -> file.endsWith(".checkpoint"))
                    .limit(50)
                    .forEach(command::add);
        }

        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(text).isZero();
        assertThat(text).contains((command.size() - 4) + " checkpoints, 1 proofs");
    }

    private int log() {
        return leaves.getFirst().log();
    }

    private String export() {
        return suite.logs().body("audit-logs/%d/bundle".formatted(log()));
    }

    private void assertValid(String bundle, String... options) {
        var verdict = suite.verifier().verify(bundle, options);
        assertThat(verdict.text()).contains(": valid: ");
        assertThat(verdict.exitCode()).isZero();
    }

    private void assertInvalid(String place) {
        var verdict = suite.verifier().verify(export());
        assertThat(verdict.text())
                .contains("INVALID: deepsuite.audit.v1/%d, ".formatted(log()))
                .contains(place);
        assertThat(verdict.exitCode()).isEqualTo(1);
    }
}
