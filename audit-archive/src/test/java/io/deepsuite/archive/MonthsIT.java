package io.deepsuite.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The months of one store, from a filled table without them to the job's second run. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MonthsIT {

    private static final String INSERT_ANY = """
            INSERT INTO audit_event (occurred_at, id, phase, boot, sequence, tenant, operation, action, outcome, reason, actor_type, actor_id, actor_name,
                   workload, resource_type, resource_id, resource_version, service, instance, namespace, request_id, trace_id, event%2$s)
            SELECT time, gen_random_uuid(), 'OUTCOME', 1, number, 'default', 'READ', 'model.get', 'SUCCESS', 'OK', 'USER', 'a', 'a',
                   'w', 'model', 'm', '', 's', 'i', 'ns', 'r', '', convert_to('event ' || number, 'UTF8')%3$s
              FROM unnest(%1$s) WITH ORDINALITY AS given (time, number)
            """;

    /** As the fourth migration left the table. */
    private static final String INSERT_OLD = INSERT_ANY.formatted("%s", "", "");

    private static final String INSERT = INSERT_ANY.formatted(
            "%s",
            ", kind",
            ", audit_event_kind_of('default', 'READ', 'model.get', 'SUCCESS', 'OK', 'USER', 'model', 's', 'ns')");

    /** Rows that have the number of their own values. */
    private static final String OF_THEIR_KIND = """
            SELECT count(*) FROM audit_event JOIN audit_event_kind
             USING (kind, tenant, operation, action, outcome, reason, actor_type, resource_type, service, namespace)
            """;

    /** Of every column that the first migrations made; those that came later are empty in old rows. */
    private static final String DIGEST = """
            SELECT count(*) || ' ' || md5(string_agg((to_jsonb(e) - 'personal_key' - 'kind')::text, '' ORDER BY occurred_at, id)) FROM audit_event e
            """;

    private static Database database;

    @BeforeAll
    static void start(@TempDir Path root) throws IOException {
        database = new Database(root);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    @Order(1)
    void aFilledTableIsCutIntoMonthsAndKeepsEveryRow() throws SQLException {
        // Given
        database.migrate("4?");
        String before;
        try (var owner = database.owner()) {
            execute(
                    owner,
                    INSERT_OLD.formatted("ARRAY(SELECT now() - n * interval '1 hour' FROM generate_series(0, 3000) n)"
                            + " || ARRAY[timestamptz '1970-01-01', '2286-11-20']"));
            before = text(owner, DIGEST);
        }

        // When
        database.migrate("latest");

        // Then
        try (var owner = database.owner()) {
            assertThat(text(owner, DIGEST)).isEqualTo(before).startsWith("3003 ");
            assertThat(text(owner, OF_THEIR_KIND)).isEqualTo("3003");
            assertThat(texts(owner, "SELECT indexname FROM pg_indexes WHERE tablename = 'audit_event' ORDER BY 1"))
                    .containsExactly(
                            "audit_event_actor_id_ix",
                            "audit_event_actor_name_ix",
                            "audit_event_kind_ix",
                            "audit_event_personal_key_ix",
                            "audit_event_pk",
                            "audit_event_request_id_ix",
                            "audit_event_resource_id_ix",
                            "audit_event_tenant_ix",
                            "audit_event_trace_id_ix");
            assertThat(text(owner, "SELECT count(*) FROM audit_event_default")).isEqualTo("2");
            assertThat(text(owner, "SELECT count(*) FROM audit_event_months() WHERE begins > now()"))
                    .isEqualTo("2");
        }
    }

    @Test
    @Order(2)
    void theServiceAddsThroughTheWholeTableAndTouchesNoMonth() throws SQLException {
        try (var service = database.service()) {
            execute(service, INSERT.formatted("ARRAY[now()]"));

            for (var month : texts(service, "SELECT name FROM audit_event_months()")) {
                assertThatThrownBy(() -> execute(service, "SELECT FROM " + month))
                        .hasMessageContaining("permission denied");
            }
            for (var statement : List.of(
                    "DELETE FROM audit_event",
                    "UPDATE audit_event SET reason = ''",
                    "DROP TABLE audit_event_default",
                    "SELECT audit_event_add_month('2040-01-01')")) {
                assertThatThrownBy(() -> execute(service, statement)).isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    @Order(3)
    void noMonthCanBeChangedByItsOwnerEither() throws SQLException {
        try (var owner = database.owner()) {
            var tables = new ArrayList<>(texts(owner, "SELECT name FROM audit_event_months()"));
            tables.addAll(List.of("audit_event", "audit_event_default"));

            for (var table : tables) {
                for (var statement : List.of("DELETE FROM %s", "UPDATE %s SET reason = ''", "TRUNCATE %s")) {
                    assertThatThrownBy(() -> execute(owner, statement.formatted(table)))
                            .hasMessageContaining("append-only");
                }
            }
        }
    }

    @Test
    @Order(4)
    void theJobMakesMonthsAheadAndTakesWhatHadComeForThem() throws SQLException {
        // Given
        var later = InstantSource.fixed(Instant.parse("2040-05-10T00:00:00Z"));
        try (var service = database.service()) {
            execute(
                    service,
                    INSERT.formatted("ARRAY[timestamptz '2040-05-31 23:59:59.999999+00', '2040-06-01 00:00:00+00']"));
        }

        // When
        int result = Retention.run(database.environment(), later);

        // Then
        assertThat(result).isZero();
        try (var owner = database.owner()) {
            assertThat(texts(owner, "SELECT name FROM audit_event_months() WHERE begins >= '2040-05-01'"))
                    .containsExactly(
                            "audit_event_2040_05", "audit_event_2040_06", "audit_event_2040_07", "audit_event_2040_08");
            assertThat(text(owner, "SELECT count(*) FROM audit_event_2040_05")).isEqualTo("1");
            assertThat(text(owner, "SELECT count(*) FROM audit_event_2040_06")).isEqualTo("1");
            assertThat(text(owner, "SELECT count(*) FROM audit_event_default")).isEqualTo("2");
        }
    }

    @Test
    @Order(5)
    void aSecondRunChangesNothing() throws SQLException {
        try (var owner = database.owner()) {
            // Given
            var before = texts(owner, "SELECT name FROM audit_event_months()");

            // When
            Retention.run(database.environment(), InstantSource.fixed(Instant.parse("2040-05-11T00:00:00Z")));

            // Then
            assertThat(texts(owner, "SELECT name FROM audit_event_months()")).isEqualTo(before);
        }
    }

    @Test
    @Order(6)
    void theJobGivesUpInsteadOfHoldingIngestBehindALock() throws SQLException {
        try (var owner = database.owner()) {
            // Given
            owner.setAutoCommit(false);
            execute(owner, "LOCK TABLE audit_event_default IN ACCESS SHARE MODE");
            var environment = new HashMap<>(database.environment());
            environment.put("DEEPSUITE_ARCHIVE_LOCK_TIMEOUT", "1");

            // When
            int result = Retention.run(environment, InstantSource.fixed(Instant.parse("2041-01-01T00:00:00Z")));

            // Then
            assertThat(result).isEqualTo(1);
            assertThat(text(owner, "SELECT count(*) FROM audit_event_months() WHERE begins >= '2040-09-01'"))
                    .isEqualTo("0");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        return texts(connection, sql).getFirst();
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
