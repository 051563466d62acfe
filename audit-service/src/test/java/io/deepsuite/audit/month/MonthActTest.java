package io.deepsuite.audit.month;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.event.AuditEventProtoMapper;
import io.deepsuite.audit.event.ReadEvent;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.audit.v1.Source;
import java.time.Instant;
import java.time.YearMonth;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonthActTest {

    private static final UUID ACT = UUID.fromString("5f6d1f3e-4d5c-4a55-9f0e-1a2b3c4d5e6f");
    private static final UUID ID = UUID.fromString("0193d0c0-0000-7000-8000-000000000001");
    private static final Instant TIME = Instant.parse("2026-11-28T03:00:00.123456Z");

    @ParameterizedTest
    @CsvSource({"archive, OPERATION_CREATE", "drop, OPERATION_DELETE", "restore, OPERATION_CREATE"})
    void isAnEventThatTheStoreTakes(String deed, Operation operation) {
        var act = new MonthAct(
                ACT, "audit-month." + deed, YearMonth.of(2026, 8), 42, "ab".repeat(32), "audit_service_owner", TIME);

        var event = act.event(ID)
                .setSource(Source.newBuilder()
                        .setService("audit-service")
                        .setInstance("audit-service-0")
                        .setBoot(1)
                        .setSequence(1))
                .build();

        assertThat(event.getOperation()).isEqualTo(operation);
        assertThat(event.getResource().getId()).isEqualTo("2026-08");
        assertThat(event.getRequestId()).isEqualTo(ACT.toString());
        assertThat(event.getAttributesMap()).containsEntry("item_count", "42");
        assertThat(AuditEventProtoMapper.read(event.toByteArray()))
                .isInstanceOfSatisfying(
                        ReadEvent.Valid.class,
                        valid -> assertThat(valid.event().occurredAt()).isEqualTo(TIME));
    }
}
