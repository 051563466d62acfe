package io.deepsuite.audit.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.audit.query.AuditEventFilter.Column;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditEventRequestReaderTest {

    @Test
    void asksForAHundredEventsOfTheCallersTenantByDefault() {
        var request = AuditEventRequestReader.read(Map.of(), "acme");

        assertThat(request.limit()).isEqualTo(100);
        assertThat(request.after()).isEmpty();
        assertThat(request.filter().canonical()).isEqualTo("tenant=4:acme\n");
    }

    @Test
    void readsEveryFilter() {
        var filter = read("from", "2026-11-22T10:00:00+08:00", "to", "2026-11-22T02:00:01Z", "actor", "mei")
                .filter();

        assertThat(filter.from()).contains(Instant.parse("2026-11-22T02:00:00Z"));
        assertThat(filter.to()).contains(Instant.parse("2026-11-22T02:00:01Z"));
        assertThat(filter.actor()).contains("mei");
    }

    @ParameterizedTest
    @CsvSource({
        "actorType, SERVICE_ACCOUNT, ACTOR_TYPE",
        "operation, READ, OPERATION",
        "action, inference.chat, ACTION",
        "resourceType, model, RESOURCE_TYPE",
        "resourceId, tiny-translate, RESOURCE_ID",
        "outcome, FAILURE, OUTCOME",
        "reason, ROLE_MISSING, REASON",
        "service, model-service, SERVICE",
        "namespace, local, NAMESPACE",
        "requestId, abc, REQUEST_ID",
        "traceId, 4bf92f3577b34da6a3ce929d0e0e4736, TRACE_ID"
    })
    void readsFiltersOfOneColumn(String parameter, String value, Column column) {
        assertThat(read(parameter, value).filter().values()).containsExactly(Map.entry(column, value));
    }

    @Test
    void roundsBoundsUpToTheMicrosecondsOfStoredTimes() {
        assertThat(read("from", "2026-11-22T10:00:00.000000001Z").filter().from())
                .contains(Instant.parse("2026-11-22T10:00:00.000001Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit | 0 | limit: \"0\" (expected: 1 to 1000)",
                "limit | 1001 | limit: \"1001\" (expected: 1 to 1000)",
                "limit | -1 | limit: \"-1\" (expected: 1 to 1000)",
                "limit | ten | limit: \"ten\" (expected: 1 to 1000)",
                "limit | 99999999999999 | limit: \"99999999999999\" (expected: 1 to 1000)",
                "from | yesterday | from: \"yesterday\" (expected: RFC 3339, such as 2026-01-31T08:00:00Z)",
                "to | 2026-11-22 | to: \"2026-11-22\" (expected: RFC 3339, such as 2026-01-31T08:00:00Z)",
                "to | 2026-13-22T00:00:00Z | to: \"2026-13-22T00:00:00Z\" (expected: RFC 3339, such as 2026-01-31T08:00:00Z)",
                "from | -9999-01-01T00:00:00Z | from: \"-9999-01-01T00:00:00Z\" (expected: RFC 3339, such as 2026-01-31T08:00:00Z)",
                "operation | read | operation: \"read\" (expected: CREATE, READ, UPDATE, DELETE)",
                "outcome | UNSPECIFIED | outcome: \"UNSPECIFIED\" (expected: SUCCESS, FAILURE)",
                "actorType | ROBOT | actorType: \"ROBOT\" (expected: USER, SERVICE_ACCOUNT, UNSPECIFIED)",
                "actor | '' | actor: \"\" (expected: a value, or no such parameter)",
                "tenant | other | tenant: \"other\" (expected: acme, the caller's own)"
            })
    void refusesABadValueByName(String parameter, String value, String detail) {
        assertThatThrownBy(() -> read(parameter, value)).isInstanceOfSatisfying(DeepsuiteException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(ErrorReason.VALUE_INVALID);
            assertThat(failure.detail()).isEqualTo(detail);
            assertThat(failure.metadata()).containsEntry("parameter", parameter);
        });
    }

    @Test
    void refusesAnUnknownParameter() {
        assertThatThrownBy(() -> read("requestid", "x")).isInstanceOfSatisfying(DeepsuiteException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(ErrorReason.VALUE_INVALID);
            assertThat(failure.detail()).startsWith("parameter: \"requestid\" (expected: one of action, actor, ");
        });
    }

    @Test
    void refusesAParameterGivenTwice() {
        assertThatThrownBy(() -> AuditEventRequestReader.read(Map.of("actor", List.of("a", "b")), "acme"))
                .hasMessage("actor: \"2 values\" (expected: one value)");
    }

    @Test
    void refusesARangeThatIsEmpty() {
        assertThatThrownBy(() -> read("from", "2026-11-22T10:00:00Z", "to", "2026-11-22T10:00:00Z"))
                .hasMessage("to: \"2026-11-22T10:00:00Z\" (expected: later than from, 2026-11-22T10:00:00Z)");
    }

    @Test
    void refusesTextsThatNoColumnHolds() {
        assertThatThrownBy(() -> read("requestId", "x".repeat(1025)))
                .hasMessage("requestId: \"1025 characters\" (expected: at most 1024, none of them NUL)");
        assertThatThrownBy(() -> read("requestId", "a\0b")).isInstanceOf(DeepsuiteException.class);
    }

    @Test
    void repeatsNoControlCharactersAndNoLongTexts() {
        assertThatThrownBy(() -> read("limit", "\u001b[31m" + "9".repeat(200)))
                .hasMessage("limit: \"?[31m" + "9".repeat(59) + "\" (expected: 1 to 1000)");
    }

    @Test
    void readsAnExportWithPagesOfTheConfiguredSizeAndNoLimitOfTheCallers() {
        var request = AuditEventRequestReader.readExport(Map.of("actor", List.of("mei")), "acme", 500);

        assertThat(request.limit()).isEqualTo(500);
        assertThat(request.filter().actor()).contains("mei");
        assertThatThrownBy(() -> AuditEventRequestReader.readExport(Map.of("limit", List.of("5")), "acme", 500))
                .hasMessage("limit: \"5\" (expected: no limit, as an export has all)");
    }

    @Test
    void takesTheFormatOfAnExport() {
        Map<String, List<String>> parameters = new HashMap<>(Map.of("format", List.of("csv"), "actor", List.of("mei")));

        assertThat(AuditEventRequestReader.takeFormat(parameters)).isEqualTo(ExportFormat.CSV);
        assertThat(parameters).containsOnlyKeys("actor");
        assertThat(AuditEventRequestReader.takeFormat(parameters)).isEqualTo(ExportFormat.NDJSON);
        assertThatThrownBy(() -> AuditEventRequestReader.takeFormat(new HashMap<>(Map.of("format", List.of("xml")))))
                .hasMessage("format: \"xml\" (expected: ndjson, csv, ocsf)");
    }

    @Test
    void readsTheFormatOfASingleEvent() {
        assertThat(AuditEventRequestReader.asksForOcsf(Map.of())).isFalse();
        assertThat(AuditEventRequestReader.asksForOcsf(Map.of("format", List.of("ocsf"))))
                .isTrue();
        assertThatThrownBy(() -> AuditEventRequestReader.asksForOcsf(Map.of("format", List.of("csv"))))
                .hasMessage("format: \"csv\" (expected: ocsf, or no such parameter)");
        assertThatThrownBy(() -> AuditEventRequestReader.asksForOcsf(Map.of("limit", List.of("1"))))
                .hasMessage("parameter: \"limit\" (expected: one of format)");
    }

    @Test
    void acceptsTheCallersOwnTenant() {
        assertThat(read("tenant", "acme").filter().tenant()).isEqualTo("acme");
    }

    @Test
    void readsAnId() {
        assertThat(AuditEventRequestReader.readId("01900000-0000-7000-8000-000000000007"))
                .isEqualTo(UUID.fromString("01900000-0000-7000-8000-000000000007"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1-2-3-4-5", "01900000-0000-7000-8000-00000000000A"})
    void refusesWhatIsNoId(String id) {
        assertThatThrownBy(() -> AuditEventRequestReader.readId(id))
                .isInstanceOfSatisfying(
                        DeepsuiteException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(ErrorReason.VALUE_INVALID));
    }

    private static AuditEventRequest read(String... namesAndValues) {
        var parameters = new java.util.HashMap<String, List<String>>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
        }
        return AuditEventRequestReader.read(parameters, "acme");
    }
}
