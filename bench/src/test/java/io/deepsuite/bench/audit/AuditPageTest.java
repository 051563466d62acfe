package io.deepsuite.bench.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.bench.audit.AuditBenchmark.AuditOutcome;
import io.deepsuite.bench.audit.AuditBenchmark.Indexes;
import io.deepsuite.bench.report.Machine;
import io.deepsuite.devstack.layout.Packaging;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditPageTest {

    @Test
    void contestantsStandBesideTheSuiteAndTheBareInsertOfTheSameRound() {
        // Given
        var rates = new LinkedHashMap<String, List<Double>>();
        rates.put(SuiteContestant.NAME, List.of(10.0, 30.0));
        rates.put(BareContestant.LIMIT, List.of(20.0, 40.0));
        rates.put(BareContestant.unnest(1), List.of(10.0, 10.0));
        rates.put(BareContestant.unnest(4), List.of(20.0, 20.0));
        rates.put(BareContestant.copy(1), List.of(5.0, 20.0));
        rates.put(BareContestant.copy(4), List.of(30.0, 30.0));
        var outcome = new AuditOutcome(
                Machine.here(),
                Packaging.JVM,
                6,
                Map.of("fsync", "on", "synchronous_commit", "on"),
                new Indexes(9, 3),
                rates);

        // When
        var page = AuditPage.of(outcome);

        // Then
        assertThat(page)
                .contains("| audit-service | 20 | 10, 30 | 1.00 (1.00 to 1.00) times as fast | 0.63 (0.50 to 0.75) |")
                .contains("| COPY × 1 | 13 | 5, 20 | 1.75 (1.50 to 2.00) times as fast | 0.38 (0.25 to 0.50) |")
                .contains(
                        "COPY stores 1.25 (0.50 to 2.00) times what UNNEST does over 1 connection, and 1.50 (1.50 to 1.50) times over 4.");
    }
}
