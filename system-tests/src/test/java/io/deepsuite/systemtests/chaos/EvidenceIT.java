package io.deepsuite.systemtests.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.v1.Operation;
import io.deepsuite.audit.v1.Phase;
import io.deepsuite.systemtests.chaos.Evidence.Verdict;
import io.deepsuite.systemtests.suite.EchoEngine;
import io.deepsuite.systemtests.suite.HandMade;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each verdict of {@link Evidence} can fail: otherwise a run full of failures would prove nothing. */
@ExtendWith(SuiteExtension.class)
class EvidenceIT {

    private static final String CHAT = "inference.chat";
    private static final Duration SHORT = Duration.ofSeconds(12);

    private final Suite suite;
    private final String prefix = "evidence-" + UUID.randomUUID() + "-";
    private final Ledger ledger = new Ledger();

    EvidenceIT(Suite suite) {
        this.suite = suite;
    }

    @BeforeEach
    void answerOnce() {
        suite.chat().plain(EchoEngine.MODEL, "evident", prefix + "1");
        suite.events().awaitOne(prefix + "1");
        ledger.acknowledged(prefix + "1", CHAT, false);
    }

    private List<String> faults(Evidence evidence) throws SQLException {
        return evidence.examine(ledger).stream()
                .filter(verdict -> !verdict.holds())
                .map(Verdict::claim)
                .toList();
    }

    private Evidence evidence() {
        return Evidence.from(suite, prefix, SHORT);
    }

    @Test
    void holdsWhenNothingIsWrong() throws SQLException {
        assertThat(Evidence.from(suite, prefix, Evidence.PATIENCE).examine(ledger))
                .allMatch(Verdict::holds);
    }

    @Test
    void noticesAnAnswerWithoutEvent() throws SQLException {
        ledger.acknowledged(prefix + "never", CHAT, false);

        assertThat(faults(evidence())).containsExactly("every answer has its event");
    }

    @Test
    void noticesAnEventThatSaysOtherwise() throws SQLException {
        ledger.refused(prefix + "1", CHAT, "MASKING_UNAVAILABLE", false);

        assertThat(faults(evidence())).containsExactly("the event says what the caller was told");
    }

    @Test
    void noticesAWrongAnswer() throws SQLException {
        ledger.wrong("2 + 2 = 5");

        assertThat(faults(evidence())).containsExactly("every answer was right");
    }

    @Test
    void noticesTwoOperationsForOneAnswer() throws SQLException {
        suite.chat().plain(EchoEngine.MODEL, "evident again", prefix + "1");

        assertThat(faults(evidence())).containsExactly("no answer has two");
    }

    @Test
    void noticesAGapUntilItIsFilled() throws SQLException {
        var source = new HandMade(suite, "evidence");
        var evidence = evidence();
        source.send(1, 1);
        source.send(3, 3);

        assertThat(faults(evidence))
                .contains("every source is whole", "every proof verifies, against every published checkpoint");

        source.send(2, 2);
        assertThat(faults(evidence)).isEmpty();
    }

    @Test
    void noticesAChangeThatNeverEnds() throws SQLException {
        var source = new HandMade(suite, prefix);
        source.send(source.event(1).toBuilder()
                .setOperation(Operation.OPERATION_UPDATE)
                .setPhase(Phase.PHASE_INTENT)
                .clearOutcome()
                .clearReason()
                .build());

        assertThat(faults(evidence())).containsExactly("every announced change has its end");

        source.send(source.event(2).toBuilder()
                .setId(source.id(1))
                .setOperation(Operation.OPERATION_UPDATE)
                .build());
        assertThat(faults(evidence())).isEmpty();
    }

    @Test
    void noticesWhatWasPutAside() throws SQLException {
        var evidence = evidence();
        suite.topic()
                .sendAsModelService(
                        "model-service/evidence-" + UUID.randomUUID() + "/1",
                        List.of("poison".getBytes(StandardCharsets.UTF_8)));

        assertThat(faults(evidence)).containsExactly("nothing was put aside");
    }

    @Test
    void noticesADeletedRow() throws SQLException {
        var source = new HandMade(suite, "evidence");
        source.send(1, 3);
        suite.events().awaitOne(source.requestId(3));
        try (var database = suite.databases().tamper()) {
            database.delete(database.leaves(source.instance()).get(1));

            assertThat(faults(evidence())).contains("every proof verifies, against every published checkpoint");
        }
    }

    @Test
    void noticesAnEventThatIsStoredTwice() throws SQLException {
        var source = new HandMade(suite, "evidence");
        source.send(1, 1);
        suite.events().awaitOne(source.requestId(1));
        var platform = suite.stack().identity("platform");
        try (var owner = suite.databases().connect("audit_service", "audit_service_owner", platform);
                var statement = owner.createStatement()) {
            var key = "id = '" + source.id(1) + "'";
            statement.execute("ALTER TABLE audit_event DISABLE TRIGGER USER");
            statement.execute("CREATE TEMP TABLE twin AS SELECT * FROM audit_event WHERE " + key);
            statement.execute("UPDATE twin SET occurred_at = occurred_at - interval '1 second'");
            statement.execute("INSERT INTO audit_event SELECT * FROM twin");
            try {
                assertThat(faults(evidence())).contains("no event is stored twice");
            } finally {
                statement.execute(
                        "DELETE FROM audit_event e USING twin t WHERE e.occurred_at = t.occurred_at AND e.id = t.id");
                statement.execute("ALTER TABLE audit_event ENABLE TRIGGER USER");
            }
        }
    }
}
