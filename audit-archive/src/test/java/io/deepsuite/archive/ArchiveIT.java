package io.deepsuite.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.proof.bundle.BundleVerifier;
import io.deepsuite.proof.bundle.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
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

    /** All columns of a month but when they were written, in a fixed order. */
    private static final String ROWS = """
            SELECT string_agg((to_jsonb(e) - 'recorded_at')::text, ',' ORDER BY e.id) FROM audit_event_2037_05 e WHERE instance = 'i12'
            """;

    private Path folder;

    private Database database;
    private Connection owner;
    private SealedStore sealed;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException, SQLException {
        folder = temporary;
        database = new Database(folder.resolve("stack"));
        database.migrate("latest");
        startPlace(folder, database);
        owner = database.owner();
        sealed = new SealedStore(owner);
        archiveOnly();
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
        var location =
                at(Objects.requireNonNull(text("SELECT location FROM archived_month WHERE month = '2030-01-01'")));
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
        assertThat(archive(folder).resolve("audit-events/2031-05/manifest.json"))
                .doesNotExist();
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
    @Order(5)
    void anArchivedMonthLeavesAndWhatCameLateStays() throws Exception {
        // Given
        sealed.addLog(
                7,
                List.of("2033-05-01 00:00:00Z", "2033-04-30 00:00:00Z", "2033-05-31 23:59:59Z", "2033-06-01 00:00:00Z"),
                true);
        months("2033-05-01", "2033-06-01");
        assertThat(run("2033-07-10T00:00:00Z")).isEqualTo(1); // May 2032 still waits
        assertThat(archived()).containsKey("2033-05-01");
        sealed.addLog(8, List.of("2033-05-20 00:00:00Z"), true);
        var bytes = text("SELECT sha256(event) FROM audit_event_2033_05 WHERE instance = 'i8'");
        deleteAfter("60d");

        // When
        run("2033-07-29T00:00:00Z");
        var early = text("SELECT to_regclass('audit_event_2033_05')");
        run("2033-07-31T00:00:00Z");

        // Then
        assertThat(early).isEqualTo("audit_event_2033_05");
        assertThat(text("SELECT to_regclass('audit_event_2033_05')")).isNull();
        assertThat(text("SELECT to_regclass('audit_event_2033_06')")).isNotNull();
        assertThat(text("SELECT sha256(event) FROM audit_event_default WHERE instance = 'i8'"))
                .isEqualTo(bytes);
        assertThat(text("SELECT late_count FROM dropped_month WHERE month = '2033-05-01'"))
                .isEqualTo("1");
        assertThat(text("SELECT count(*) FROM audit_event_key WHERE instance = 'i7'"))
                .isEqualTo("4");
        assertThat(text("SELECT log || ' ' || first_leaf || ' ' || end_leaf || ' ' || event_count FROM archived_run"
                        + " WHERE month = '2033-05-01'"))
                .isEqualTo("7 0 3 2");
        assertThat(text("SELECT tenant || ' ' || event_count FROM archived_tenant WHERE month = '2033-05-01'"))
                .isEqualTo("default 2");
        assertThat(archivedIn("i7", 0)).isEqualTo("2033-05-01");
        assertThat(archivedIn("i7", 1)).isNull(); // of April
        assertThat(archivedIn("i8", 0)).isNull(); // late
        assertThat(text("SELECT encode(audit_event_leaf_hash(7, 2), 'hex')"))
                .isEqualTo(text("SELECT encode(substring(hashes FROM 65 FOR 32), 'hex') FROM log_tile"
                        + " WHERE log = 7 AND level = 0 AND first_hash = 0"));
        assertThat(text("SELECT audit_event_leaf_hash(7, 4)")).isNull();
    }

    @Test
    @Order(6)
    void aMonthStaysWhenItsArchiveIsNotWhatWasRecorded() throws Exception {
        // Given
        sealed.addLog(9, List.of("2034-05-01 00:00:00Z"), true);
        months("2034-05-01");
        archiveOnly();
        run("2034-07-10T00:00:00Z");
        var bundle = archive(folder).resolve("audit-events/2034-05/bundle.ndjson.gz");
        byte[] good = Files.readAllBytes(bundle);
        Files.write(bundle, Arrays.copyOf(good, good.length - 1));
        deleteAfter("30d");

        // When
        int result = run("2034-07-10T00:00:00Z");
        var kept = text("SELECT to_regclass('audit_event_2034_05')");
        Files.write(bundle, good);
        run("2034-07-10T00:00:00Z");

        // Then
        assertThat(result).isEqualTo(1);
        assertThat(kept).isNotNull();
        assertThat(text("SELECT to_regclass('audit_event_2034_05')")).isNull();
    }

    @Test
    @Order(7)
    void aMonthThatWasTamperedWithAfterwardsStaysAsEvidence() throws Exception {
        // Given
        sealed.addLog(10, List.of("2035-05-01 00:00:00Z", "2035-05-02 00:00:00Z"), true);
        months("2035-05-01");
        archiveOnly();
        run("2035-07-10T00:00:00Z");
        sealed.execute("ALTER TABLE audit_event_2035_05 DISABLE TRIGGER USER");
        sealed.execute("UPDATE audit_event_2035_05 SET event = 'forged' WHERE sequence = 2");
        deleteAfter("30d");

        // When
        run("2035-07-10T00:00:00Z");

        // Then
        assertThat(text("SELECT count(*) FROM audit_event_2035_05")).isEqualTo("2");
        restore("2035_05");
    }

    @Test
    @Order(8)
    void aMonthStaysWhileSomebodyReadsIt() throws Exception {
        // Given
        sealed.addLog(11, List.of("2036-05-01 00:00:00Z"), true);
        months("2036-05-01");
        archiveOnly();
        run("2036-07-10T00:00:00Z");
        deleteAfter("30d");

        // When
        try (var reader = database.service();
                var statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.executeQuery("SELECT count(*) FROM audit_event").close();
            assertThat(run("2036-07-10T00:00:00Z")).isEqualTo(1);
            assertThat(text("SELECT to_regclass('audit_event_2036_05')")).isNotNull();
            assertThat(text("SELECT count(*) FROM archived_run WHERE month = '2036-05-01'"))
                    .isEqualTo("0");
        }

        // Then
        run("2036-07-10T00:00:00Z");
        assertThat(text("SELECT to_regclass('audit_event_2036_05')")).isNull();
    }

    @Test
    @Order(9)
    void aMonthComesBackAsItWasAndStaysForAsLongAsItWasAskedTo() throws Exception {
        // Given
        sealed.addLog(12, List.of("2037-05-01 00:00:00Z", "2037-04-30 00:00:00Z", "2037-05-31 23:59:59.123456Z"), true);
        months("2037-05-01");
        var before = text(ROWS);
        archiveOnly();
        run("2037-07-10T00:00:00Z");
        sealed.addLog(13, List.of("2037-05-20 00:00:00Z"), true);
        deleteAfter("30d");
        run("2037-07-11T00:00:00Z");
        assertThat(text("SELECT to_regclass('audit_event_2037_05')")).isNull();

        // When
        int restored = run("2037-07-12T00:00:00Z", "restore", "2037-05", "10");

        // Then
        assertThat(restored).isZero();
        assertThat(before).contains("i12");
        assertThat(text(ROWS)).isEqualTo(before);
        assertThat(text("SELECT count(*) FROM audit_event_2037_05 WHERE instance = 'i13'"))
                .isEqualTo("1");
        assertThat(text("SELECT count(*) FROM audit_event_default WHERE instance = 'i13'"))
                .isEqualTo("0");
        assertThatThrownBy(() -> sealed.execute("DELETE FROM audit_event_2037_05"))
                .hasMessageContaining("append-only");
        assertThat(run("2037-07-12T00:00:00Z", "restore", "2037-05")).isEqualTo(1); // it is there
        assertThat(run("2037-07-12T00:00:00Z", "list")).isZero();

        // and leaves again when its time is over
        run("2037-07-21T23:59:59Z");
        assertThat(text("SELECT to_regclass('audit_event_2037_05')")).isNotNull();
        run("2037-07-22T00:00:00Z");
        assertThat(text("SELECT to_regclass('audit_event_2037_05')")).isNull();
        assertThat(text("SELECT count(*) FROM dropped_month WHERE month = '2037-05-01'"))
                .isEqualTo("2");
    }

    @Test
    @Order(10)
    void nothingComesBackFromAnArchiveThatIsNotWhatWasRecordedOrWithoutItsKeys() throws Exception {
        // Given: the month of the test before
        var bundle = archive(folder).resolve("audit-events/2037-05/bundle.ndjson.gz");
        byte[] good = Files.readAllBytes(bundle);
        Files.write(bundle, Arrays.copyOf(good, good.length - 1));

        // Then
        assertThat(run("2037-08-01T00:00:00Z", "restore", "2037-05")).isEqualTo(1);
        assertThat(run("2037-08-01T00:00:00Z", "restore", "2020-05")).isEqualTo(1);
        assertThat(run("2037-08-01T00:00:00Z", "restore")).isEqualTo(2);

        // and
        Files.write(bundle, good);
        sealed.execute("ALTER TABLE audit_event_key DISABLE TRIGGER USER");
        sealed.execute("DELETE FROM audit_event_key WHERE instance = 'i12' AND leaf_index = 2");
        assertThat(run("2037-08-01T00:00:00Z", "restore", "2037-05")).isEqualTo(1);
        assertThat(text("SELECT to_regclass('audit_event_2037_05')")).isNull();
    }

    @Test
    void whatIsRecordedCannotBeTakenBack() {
        for (var statement : List.of(
                "DELETE FROM archived_month",
                "UPDATE archived_month SET event_count = 0",
                "DELETE FROM archived_run",
                "UPDATE archived_tenant SET tenant = 'other'",
                "TRUNCATE dropped_month")) {
            assertThatThrownBy(() -> sealed.execute(statement)).hasMessageContaining("append-only");
        }
    }

    @Test
    void refusesRulesThatItDoesNotUnderstandBeforeItDoesAnything() throws IOException {
        // Given
        var environment = environment();
        var rules = folder.resolve("alone.json");
        Files.writeString(
                rules, "{\"rules\": [{\"prefix\": \"audit-events/\", \"age\": \"30d\", \"action\": \"Delete\"}]}");
        environment.put("DEEPSUITE_ARCHIVE_LIFECYCLE", rules.toString());

        // When
        int result = Retention.run(environment, InstantSource.fixed(Instant.parse("2050-01-01T00:00:00Z")));

        // Then
        assertThat(result).isEqualTo(2);
    }

    @Test
    @Order(11)
    void whatAnEarlierRunLeftIsTakenWhenItIsTheSameAndNeverOverwritten() throws Exception {
        // Given: a run that ended before it recorded a month, and one that ended before the manifest
        sealed.addLog(14, List.of("2038-05-01 00:00:00Z"), true);
        sealed.addLog(15, List.of("2038-06-01 00:00:00Z"), true);
        sealed.addLog(16, List.of("2038-07-01 00:00:00Z"), true);
        months("2038-05-01", "2038-06-01", "2038-07-01");
        archiveOnly();
        sealed.execute("ALTER TABLE archived_month DISABLE TRIGGER USER");
        run("2038-09-01T00:00:00Z");
        sealed.execute("DELETE FROM archived_month WHERE month >= '2038-05-01'");
        var months = archive(folder).resolve("audit-events");
        var whole = Files.readString(months.resolve("2038-05/manifest.json"));
        Files.delete(months.resolve("2038-06/manifest.json"));
        var bundle = sha256(months.resolve("2038-06/bundle.ndjson.gz"));
        Files.delete(months.resolve("2038-07/manifest.json"));
        Files.copy(
                months.resolve("2038-05/bundle.ndjson.gz"),
                months.resolve("2038-07/bundle.ndjson.gz"),
                StandardCopyOption.REPLACE_EXISTING);

        // When
        int result = run("2038-09-02T00:00:00Z");

        // Then
        assertThat(result).isEqualTo(1);
        assertThat(archived())
                .containsEntry("2038-05-01", "1 " + sha256(months.resolve("2038-05/manifest.json")))
                .containsEntry("2038-06-01", "1 " + sha256(months.resolve("2038-06/manifest.json")))
                .doesNotContainKey("2038-07-01");
        assertThat(Files.readString(months.resolve("2038-05/manifest.json"))).isEqualTo(whole);
        assertThat(Files.readString(months.resolve("2038-06/manifest.json"))).contains(bundle);
        assertThat(sha256(months.resolve("2038-07/bundle.ndjson.gz")))
                .isEqualTo(sha256(months.resolve("2038-05/bundle.ndjson.gz")));
        sealed.execute("ALTER TABLE archived_month ENABLE TRIGGER USER");
    }

    @Test
    @Order(12)
    void otherFilesGoWhereTheMonthsGoAndLeaveByTheirOwnRules() throws Exception {
        // Given
        var logs = Files.createDirectories(folder.resolve("logs/run-1"));
        var log = Files.writeString(logs.resolve("loss.log"), "0.5");
        Files.setLastModifiedTime(log, FileTime.from(Instant.parse("2038-01-01T00:00:00Z")));
        var rules = folder.resolve("logs.json");
        var environment = environment();
        environment.put("DEEPSUITE_ARCHIVE_LIFECYCLE", rules.toString());
        environment.put("DEEPSUITE_ARCHIVE_FOLDERS", "training-logs=" + folder.resolve("logs"));
        Files.writeString(rules, """
                {"rules": [{"prefix": "training-logs/", "age": "60d", "action": "Delete"},
                           {"prefix": "training-logs/", "age": "30d", "action": "Archive"}]}
                """);

        // When
        int archived = Retention.run(environment, InstantSource.fixed(Instant.parse("2038-02-01T00:00:00Z")));
        boolean stayed = Files.exists(log);
        int removed = Retention.run(environment, InstantSource.fixed(Instant.parse("2038-03-10T00:00:00Z")));

        // Then
        assertThat(archived).isZero();
        assertThat(stayed).isTrue();
        assertThat(removed).isZero();
        assertThat(log).doesNotExist();
        try (var copies = Files.list(archive(folder).resolve("training-logs/run-1"))) {
            assertThat(copies).hasSize(1);
        }
    }

    void startPlace(Path folder, Database database) throws IOException {
        // a folder needs nothing
    }

    /** Settings of where the archive is. */
    Map<String, String> place(Path folder) {
        return Map.of("DEEPSUITE_ARCHIVE_DIRECTORY", archive(folder).toString());
    }

    /** Where its files are. */
    Path archive(Path folder) {
        return folder.resolve("archive");
    }

    /** The folder that a recorded location means. */
    Path at(String location) {
        return Path.of(URI.create(location));
    }

    private int run(String now, String... arguments) {
        return Retention.run(environment(), InstantSource.fixed(Instant.parse(now)), arguments);
    }

    private Map<String, String> environment() {
        var environment = new HashMap<>(database.environment());
        environment.put(
                "DEEPSUITE_ARCHIVE_LIFECYCLE", folder.resolve("lifecycle.json").toString());
        environment.putAll(place(folder));
        environment.put("DEEPSUITE_ARCHIVE_KEYS", folder.resolve("keys").toString());
        environment.put("DEEPSUITE_ARCHIVE_LOCK_TIMEOUT", "1");
        return environment;
    }

    private void archiveOnly() throws IOException {
        Files.writeString(folder.resolve("lifecycle.json"), """
                {"rules": [{"prefix": "audit-events/", "age": "30d", "action": "Archive"}]}
                """);
    }

    private void deleteAfter(String age) throws IOException {
        Files.writeString(folder.resolve("lifecycle.json"), """
                {"rules": [{"prefix": "audit-events/", "age": "%s", "action": "Delete"},
                           {"prefix": "audit-events/", "age": "30d", "action": "Archive"}]}
                """.formatted(age));
    }

    private @Nullable String archivedIn(String instance, long leaf) throws SQLException {
        return text("SELECT audit_event_archived_in(topic_partition, leaf_index, occurred_at) FROM audit_event_key"
                + " WHERE instance = '%s' AND leaf_index = %d".formatted(instance, leaf));
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

    private @Nullable String text(String sql) throws SQLException {
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
