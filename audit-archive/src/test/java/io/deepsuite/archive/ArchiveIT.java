package io.deepsuite.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.proof.bundle.BundleVerifier;
import io.deepsuite.proof.bundle.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Months of 2030 on their way to the archive; the tests follow each other in time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ArchiveIT {

    private Path folder;

    private Database database;
    private Connection owner;
    private SealedStore sealed;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException, SQLException {
        folder = temporary;
        database = new Database(folder.resolve("stack"));
        database.migrate("latest");
        owner = database.owner();
        sealed = new SealedStore(owner);
        Files.writeString(folder.resolve("lifecycle.json"), """
                {"rules": [{"prefix": "audit-events/", "age": "30d", "action": "Archive"}]}
                """);
        Files.writeString(folder.resolve("keys"), sealed.signer().verifier().toText() + "\n");
        assertThat(run("2027-12-01T00:00:00Z")).isZero();
    }

    @AfterAll
    void stop() throws SQLException {
        owner.close();
        database.close();
    }

    @Test
    @Order(2)
    void aMonthIsCopiedVerifiedAndRecordedAndStays() throws Exception {
        // Given
        var times = new ArrayList<>(List.of("2029-12-31 23:59:59.999999Z", "2030-01-01 00:00:00Z"));
        for (int i = 0; i < 2500; i++) {
            times.add("2030-01-15 00:00:00Z");
        }
        times.addAll(List.of("2029-12-31 00:00:00Z", "2030-01-31 23:59:59.999999Z", "2030-02-01 00:00:00Z"));
        sealed.addLog(1, times, true);
        sealed.addLog(2, List.of("2030-01-02 00:00:00Z"), true);

        // When
        int early = run("2030-03-02T23:59:59Z");
        var before = archived();
        int due = run("2030-03-03T00:00:00Z");

        // Then
        assertThat(early).isZero();
        assertThat(before).doesNotContainKey("2030-01-01");
        assertThat(due).isZero();
        var location = Path.of(URI.create(text("SELECT location FROM archived_month WHERE month = '2030-01-01'")));
        assertThat(verify(location)).isInstanceOfSatisfying(Verdict.Valid.class, valid -> {
            assertThat(valid.events()).isEqualTo(2503);
            assertThat(valid.withheld()).isEqualTo(1);
            assertThat(valid.logs()).hasSize(2);
        });
        assertThat(archived().get("2030-01-01")).isEqualTo("2503 " + sha256(location.resolve("manifest.json")));
        assertThat(Files.readString(location.resolve("manifest.json")))
                .contains(sha256(location.resolve("bundle.ndjson.gz")));
        assertThat(text("SELECT count(*) FROM audit_event_2030_01")).isEqualTo("2503");

        // and a second run leaves it alone
        var modified = Files.getLastModifiedTime(location.resolve("bundle.ndjson.gz"));
        assertThat(run("2030-03-03T12:00:00Z")).isZero();
        assertThat(Files.getLastModifiedTime(location.resolve("bundle.ndjson.gz")))
                .isEqualTo(modified);
    }

    @Test
    @Order(3)
    void aMonthThatLostAnEventIsNotRecordedAndTheOthersAre() throws Exception {
        // Given
        sealed.addLog(3, List.of("2031-05-01 00:00:00Z", "2031-05-02 00:00:00Z", "2031-05-03 00:00:00Z"), true);
        sealed.addLog(4, List.of("2031-06-01 00:00:00Z"), true);
        months("2031-05-01", "2031-06-01");
        sealed.execute("ALTER TABLE audit_event_2031_05 DISABLE TRIGGER USER");
        sealed.execute("DELETE FROM audit_event_2031_05 WHERE sequence = 2");

        // When
        int result = run("2031-08-10T00:00:00Z");

        // Then
        assertThat(result).isEqualTo(1);
        assertThat(archived()).containsKey("2031-06-01").doesNotContainKey("2031-05-01");
        assertThat(folder.resolve("archive/audit-events/2031-05/manifest.json")).doesNotExist();
        restore("2031_05");
    }

    @Test
    @Order(4)
    void aMonthWaitsForItsCheckpoint() throws Exception {
        // Given
        sealed.addLog(5, List.of("2032-05-01 00:00:00Z"), false);
        months("2032-05-01");

        // When
        int result = run("2032-07-10T00:00:00Z");

        // Then
        assertThat(result).isEqualTo(1);
        assertThat(archived()).doesNotContainKey("2032-05-01");
    }

    @Test
    @Order(1)
    void aStrangerSKeyDoesNotPass() throws Exception {
        // Given
        sealed.addLog(6, List.of("2028-05-01 00:00:00Z"), true);
        months("2028-05-01");
        var keys = Files.readString(folder.resolve("keys"));
        Files.writeString(
                folder.resolve("keys"),
                new SealedStore(owner).signer().verifier().toText());

        // When
        int result = run("2028-07-10T00:00:00Z");

        // Then
        Files.writeString(folder.resolve("keys"), keys);
        assertThat(result).isEqualTo(1);
        assertThat(archived()).doesNotContainKey("2028-05-01");
    }

    @Test
    void whatIsRecordedCannotBeTakenBack() {
        for (var statement : List.of("DELETE FROM archived_month", "UPDATE archived_month SET event_count = 0")) {
            assertThatThrownBy(() -> sealed.execute(statement)).hasMessageContaining("append-only");
        }
    }

    @Test
    void refusesRulesThatItDoesNotUnderstandBeforeItDoesAnything() throws IOException {
        // Given
        var environment = environment();
        var rules = folder.resolve("delete.json");
        Files.writeString(
                rules, "{\"rules\": [{\"prefix\": \"audit-events/\", \"age\": \"30d\", \"action\": \"Delete\"}]}");
        environment.put("DEEPSUITE_ARCHIVE_LIFECYCLE", rules.toString());

        // When
        int result = Retention.run(environment, InstantSource.fixed(Instant.parse("2050-01-01T00:00:00Z")));

        // Then
        assertThat(result).isEqualTo(2);
    }

    private int run(String now) {
        return Retention.run(environment(), InstantSource.fixed(Instant.parse(now)));
    }

    private Map<String, String> environment() {
        var environment = new HashMap<>(database.environment());
        environment.put(
                "DEEPSUITE_ARCHIVE_LIFECYCLE", folder.resolve("lifecycle.json").toString());
        environment.put("DEEPSUITE_ARCHIVE_DIRECTORY", folder.resolve("archive").toString());
        environment.put("DEEPSUITE_ARCHIVE_KEYS", folder.resolve("keys").toString());
        return environment;
    }

    private void months(String... months) throws SQLException {
        for (var month : months) {
            text("SELECT audit_event_add_month('" + month + "')");
        }
    }

    /** Lets the other tests' runs have nothing to complain of. */
    private void restore(String month) throws SQLException {
        sealed.execute("ALTER TABLE audit_event DETACH PARTITION audit_event_" + month);
    }

    private Map<String, String> archived() throws SQLException {
        var archived = new HashMap<String, String>();
        try (var statement = owner.createStatement();
                var rows = statement.executeQuery(
                        "SELECT month, event_count || ' ' || encode(manifest_sha256, 'hex') FROM archived_month")) {
            while (rows.next()) {
                archived.put(rows.getString(1), rows.getString(2));
            }
        }
        return archived;
    }

    private String text(String sql) throws SQLException {
        try (var statement = owner.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private Verdict verify(Path location) throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(location.resolve("bundle.ndjson.gz")))) {
            return new BundleVerifier(List.of(sealed.signer().verifier()), List.of()).verify(in);
        }
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
