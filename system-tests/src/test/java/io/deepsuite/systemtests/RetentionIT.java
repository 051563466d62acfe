package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.systemtests.suite.ArchiveJob;
import io.deepsuite.systemtests.suite.Browser;
import io.deepsuite.systemtests.suite.HandMade;
import io.deepsuite.systemtests.suite.Https;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import io.deepsuite.systemtests.suite.Tampering.Leaf;
import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A month that has left the store: nothing that was in it is lost, and nothing that is lost passes as having been in it. */
@ExtendWith(SuiteExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetentionIT {

    /** One log, one event or a piece of a log is not the whole trail. */
    private static final String PART = "--part";

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String RULES = """
            {"rules": [{"prefix": "audit-events/", "age": "30d", "action": "Archive"},
                       {"prefix": "audit-events/", "age": "60d", "action": "Delete"}]}
            """;

    private final Suite suite;
    private final ArchiveJob job;
    private final YearMonth month =
            YearMonth.from(Instant.now().atOffset(ZoneOffset.UTC)).minusMonths(5);
    private final HandMade source;
    private List<Leaf> leaves = List.of();

    RetentionIT(Suite suite) {
        this.suite = suite;
        this.job = suite.archiveJob();
        this.source = new HandMade(
                suite, "retention", () -> month.atDay(15).atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    /** Three events of a month long past, which then leaves. */
    @BeforeAll
    void letAMonthLeave() throws SQLException {
        execute("SELECT audit_event_add_month('%s')".formatted(month.atDay(1)));
        source.send(1, 3);
        suite.events().awaitOne(source.requestId(3));
        leaves = leaves();
        suite.logs().awaitCheckpoint(log(), leaves.getLast().leaf() + 1);

        var before = rows();
        var told = job.run(RULES);

        assertThat(told).contains("month " + month + " archived, 3 events", "month " + month + " dropped, 3 events");
        assertThat(suite.events().of(source.requestId(1))).isEmpty();
        assertThat(end("&format=ndjson").path("complete").asBoolean()).isFalse();

        // the drill: it comes back as it was, is found and proven as before, and leaves again
        assertThat(job.run(RULES, "restore", month.toString())).contains("month " + month + " restored, 3 events");
        assertThat(rows()).isEqualTo(before).contains(source.instance());
        assertThat(suite.events().awaitOne(source.requestId(1)).getId()).isEqualTo(source.id(1));
        assertThat(end("&format=ndjson").path("complete").asBoolean()).isTrue();
        var verdict = suite.verifier().verifyAlone(export());
        assertThat(verdict.text()).contains(": valid: ");
        assertThat(job.run(RULES)).doesNotContain("dropped");
        assertThat(job.run(RULES, "list")).contains("in the store and the archive, brought back until");
        execute("ALTER TABLE restored_month DISABLE TRIGGER USER; UPDATE restored_month SET keep_until = now();"
                + " ALTER TABLE restored_month ENABLE TRIGGER USER");
        assertThat(job.run(RULES)).contains("month " + month + " dropped, 3 events");
    }

    /** In the order in which they were done, each once; the month of another test is not this one's. */
    @Test
    void whatTheJobDidIsInTheTrail() throws Exception {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(suite.events()
                                .all(Map.of("resourceType", "audit-month", "resourceId", month.toString())))
                        .extracting(AuditEvent::getAction)
                        .containsExactly(
                                "audit-month.drop", "audit-month.restore", "audit-month.drop", "audit-month.archive"));
        var newest = suite.events()
                .all(Map.of("action", "audit-month.drop", "resourceId", month.toString()))
                .getFirst();
        assertThat(newest.getOperation()).isEqualTo(Operation.OPERATION_DELETE);
        assertThat(newest.getActor().getId()).isEqualTo("audit_service_owner");
        assertThat(newest.getResource().getDigest()).isEqualTo(manifestDigest());
        assertThat(newest.getAttributesMap()).containsEntry("item_count", "3");
    }

    @Test
    void anExportIsWholeOnlyWithTheArchive() {
        var export = export();

        var alone = suite.verifier().verifyAlone(export);
        assertThat(alone.text())
                .contains("NOT CHECKED: 3 leaves are said to be in archives")
                .contains("said to be in the archive of " + month);
        assertThat(alone.exitCode()).isEqualTo(2);
        assertValid(export, PART);
        assertValid(suite.logs().body("audit-logs/bundle"));
    }

    @Test
    void eventsOfTheMonthThatComeAgainAreKnownAndNewOnesAreStored() throws SQLException {
        // When
        source.send(1, 4);

        // Then
        suite.events().awaitOne(source.requestId(4));
        assertThat(leaves()).hasSize(4);
        var late = leaves().getLast();
        suite.logs().awaitCheckpoint(log(), late.leaf() + 1);
        assertValid(export(), PART);
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(suite.logs()
                                .source("model-service", source.instance(), 1)
                                .path("watermark")
                                .asLong())
                        .isEqualTo(4));

        // and when the late one is deleted, the month is no excuse
        try (var database = suite.databases().tamper()) {
            database.delete(late);
            assertInvalid("leaf %d: the event was deleted: only its leaf hash is left".formatted(late.leaf()));
        }
        assertValid(export(), PART);
    }

    @Test
    void whoeverAsksForTheMonthIsToldWhereItIs() {
        var day = month.atDay(15) + "T00:00:00Z";
        var next = month.plusMonths(1).atDay(1) + "T00:00:00Z";

        for (var path : List.of("", "/proof", "/bundle")) {
            var gone = suite.logs().get("audit-events/" + source.id(1) + path);
            assertThat(gone.statusCode()).isEqualTo(410);
            var problem = Https.json(gone);
            assertThat(problem.path("title").asText()).isEqualTo("AUDIT_EVENT_ARCHIVED");
            assertThat(problem.path("tier").asText()).isEqualTo("archive");
            assertThat(problem.path("month").asText()).isEqualTo(month.toString());
            assertThat(problem.path("location").asText()).contains(month.toString());
        }
        var tiers = suite.logs().json("audit-events?from=" + day).path("tiers");
        assertThat(tiers).hasSize(2);
        assertThat(tiers.path(0).path("tier").asText()).isEqualTo("hot");
        assertThat(tiers.path(1).path("tier").asText()).isEqualTo("archive");
        assertThat(tiers.path(1).path("records").asLong()).isEqualTo(3);
        assertThat(tiers.path(1).path("to").asText()).isEqualTo(next);
        assertThat(suite.logs().json("audit-events?from=" + next).has("tiers")).isFalse();
        assertThat(suite.logs().json("audit-events?limit=1").path("tiers")).hasSize(2);
        assertThat(suite.logs()
                        .get("audit-events/00000000-0000-7000-8000-000000000000")
                        .statusCode())
                .isEqualTo(404);
    }

    /** In the words that a page of the same time says it in. */
    @Test
    void exportsOfTheMonthSayThatTheyDoNotHaveIt() {
        var tiers = suite.logs().json("audit-events?" + ofTheFirst()).path("tiers");
        assertThat(tiers).hasSize(2);

        for (var format : List.of("ndjson", "ocsf")) {
            var end = end("&format=" + format);
            assertThat(end.path("events").asLong()).isZero();
            assertThat(end.path("complete").asBoolean()).isFalse();
            assertThat(end.path("reason").asText()).isEqualTo("OK");
            assertThat(end.path("nextPageToken").asText()).isEmpty();
            assertThat(end.path("tiers")).isEqualTo(tiers);
        }
        assertThat(export("&format=csv").lines().toList().getLast())
                .startsWith("\"end\",\"0\",\"false\",\"OK\",\"\",\""
                        + tiers.toString().replace("\"", "\"\"") + "\",\"\",");
        var later = Https.json(suite.logs()
                        .body("audit-events/export?from=%s&requestId=%s"
                                .formatted(begin(month.plusMonths(1)), source.requestId(1))))
                .path("end");
        assertThat(later.path("complete").asBoolean()).isTrue();
        assertThat(later.has("tiers")).isFalse();
    }

    @Test
    void theAuditEventOfSuchAnExportDoesNotCallItComplete() {
        var id = "archived-" + UUID.randomUUID();

        var answer = suite.https()
                .send(Https.request(suite.events().address("/export?" + ofTheFirst()), suite.token(Role.AUDITOR))
                        .header("x-request-id", id));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(suite.events().awaitOne(id).getAttributesMap())
                .containsEntry("item_count", "0")
                .containsEntry("complete", "false");
    }

    @Test
    void countsOfTheMonthAreNotExact() {
        var tiers = suite.logs().json("audit-events?" + ofTheFirst()).path("tiers");

        var counts = suite.logs().json("audit-events/facets?facet=action&" + ofTheFirst());
        var later = suite.logs()
                .json("audit-events/facets?facet=action&requestId=%s&from=%s"
                        .formatted(source.requestId(1), begin(month.plusMonths(1))));

        assertThat(counts.path("events").asLong()).isZero();
        assertThat(counts.path("exact").asBoolean()).isFalse();
        assertThat(counts.path("tiers")).isEqualTo(tiers);
        assertThat(later.path("exact").asBoolean()).isTrue();
        assertThat(later.has("tiers")).isFalse();
    }

    @Test
    void theConsoleSaysInShortWhatItLacks() {
        try (var browser = Browser.open(suite)) {
            browser.visit("/console/events?" + ofTheFirst());
            browser.signIn(Role.AUDITOR);

            browser.awaitText("No event in the store fits these filters. Without %s, which is in the archive only."
                    .formatted(month));
        }
    }

    @Test
    void aDeletedEventIsNotHiddenByCallingItArchived() throws SQLException {
        // Given
        var present = new HandMade(suite, "present");
        present.send(1, 1);
        suite.events().awaitOne(present.requestId(1));
        Leaf leaf;
        try (var database = suite.databases().tamper()) {
            leaf = database.leaves(present.instance()).getFirst();
        }
        suite.logs().awaitCheckpoint(leaf.log(), leaf.leaf() + 1);

        // When
        try (var database = suite.databases().tamper()) {
            database.callArchived(leaf, month);
            var bundle = suite.logs().body("audit-logs/%d/bundle".formatted(leaf.log()));

            // Then
            var alone = suite.verifier().verifyAlone(bundle);
            assertThat(alone.text()).contains("NOT CHECKED");
            assertThat(alone.exitCode()).isEqualTo(2);
            var verdict = suite.verifier().verify(bundle);
            assertThat(verdict.text())
                    .contains(
                            "leaf %d: the event was deleted: the archive of %s, where it is said to be, does not have it"
                                    .formatted(leaf.leaf(), month));
            assertThat(verdict.exitCode()).isEqualTo(1);
        }
    }

    /** Filters: the first event, in the time of the month. */
    private String ofTheFirst() {
        return "requestId=%s&from=%s&to=%s".formatted(source.requestId(1), begin(month), begin(month.plusMonths(1)));
    }

    private static String begin(YearMonth month) {
        return month.atDay(1) + "T00:00:00Z";
    }

    private String export(String format) {
        return suite.logs().body("audit-events/export?" + ofTheFirst() + format);
    }

    /** The last line of such an export. */
    private JsonNode end(String format) {
        return Https.json(export(format).lines().toList().getLast()).path("end");
    }

    private String manifestDigest() throws IOException, NoSuchAlgorithmException {
        var manifest = job.directory()
                .resolve("audit-events")
                .resolve(month.toString())
                .resolve("manifest.json");
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(manifest)));
    }

    private int log() {
        return leaves.getFirst().log();
    }

    private List<Leaf> leaves() throws SQLException {
        try (var database = suite.databases().tamper()) {
            return database.leaves(source.instance());
        }
    }

    private String export() {
        return suite.logs().body("audit-logs/%d/bundle".formatted(log()));
    }

    private void assertValid(String bundle, String... options) {
        var verdict = suite.verifier().verify(bundle, options);
        assertThat(verdict.text()).contains(": valid: ");
        assertThat(verdict.exitCode()).isZero();
    }

    private void assertInvalid(String fault) {
        var verdict = suite.verifier().verify(export());
        assertThat(verdict.text()).contains("INVALID: ").contains(fault);
        assertThat(verdict.exitCode()).isEqualTo(1);
    }

    /** All columns of the month but when they were written. */
    private String rows() throws SQLException {
        try (var owner = owner();
                var statement = owner.createStatement();
                var rows = statement.executeQuery(
                        "SELECT string_agg((to_jsonb(e) - 'recorded_at')::text, ',' ORDER BY e.id) FROM audit_event_%s e"
                                .formatted(month.toString().replace('-', '_')))) {
            rows.next();
            return rows.getString(1);
        }
    }

    private Connection owner() throws SQLException {
        return suite.databases()
                .connect("audit_service", "audit_service_owner", suite.stack().identity("platform"));
    }

    private void execute(String sql) throws SQLException {
        try (var owner = owner();
                var statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }
}
