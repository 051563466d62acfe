package io.deepsuite.audit.completeness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.deepsuite.audit.event.SourceId;
import io.deepsuite.monitor.v1.GetSnapshotRequest;
import io.deepsuite.monitor.v1.GetSnapshotResponse;
import io.deepsuite.monitor.v1.HealthSignal;
import io.deepsuite.monitor.v1.ReportRequest;
import io.deepsuite.monitor.v1.ReportResponse;
import io.deepsuite.monitor.v1.SignalService;
import io.deepsuite.servicekit.grpc.PlainCalls;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CompletenessClientTest {

    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
    private static final SourceId SOURCE = new SourceId("model-service", "a", 3);
    private static final SourceId OTHER = new SourceId("audit-service", "b", 1);
    private static final SourceFault GAP = new SourceFault(List.of(new NumberRun(2, 2), new NumberRun(5, 7)), false);

    private final Agent agent = new Agent();
    private final CompletenessClient client = new CompletenessClient(agent, new PlainCalls(), () -> NOW);

    @Test
    void tellsWhichSourceLacksWhichNumbers() {
        client.tell(Map.of(SOURCE, GAP));

        assertThat(agent.taken).hasSize(1);
        var signal = agent.taken.getFirst();
        assertThat(signal.getService()).isEqualTo("audit-service");
        assertThat(signal.getTime().getSeconds()).isEqualTo(NOW.getEpochSecond());
        assertThat(signal.getHealth())
                .isEqualTo(HealthSignal.newBuilder()
                        .setComponent("audit-source:model-service/a/3")
                        .setHealthy(false)
                        .setDetail("missing: 4, gaps: 2, first: 2")
                        .build());
    }

    @Test
    void tellsOfASourceWhoseEndNobodyKnows() {
        client.tell(Map.of(SOURCE, new SourceFault(List.of(), true), OTHER, new SourceFault(GAP.missing(), true)));

        assertThat(agent.taken)
                .extracting(
                        signal -> signal.getHealth().getComponent(),
                        signal -> signal.getHealth().getDetail())
                .containsExactlyInAnyOrder(
                        tuple("audit-source:model-service/a/3", "last number unknown"),
                        tuple("audit-source:audit-service/b/1", "missing: 4, gaps: 2, first: 2; last number unknown"));
    }

    @Test
    void tellsTheSameOnceOnly() {
        client.tell(Map.of(SOURCE, GAP));
        client.tell(Map.of(SOURCE, GAP));

        assertThat(agent.taken).hasSize(1);
    }

    @Test
    void tellsWhenOtherNumbersAreMissing() {
        client.tell(Map.of(SOURCE, GAP));
        client.tell(Map.of(SOURCE, new SourceFault(List.of(new NumberRun(5, 7)), false)));

        assertThat(agent.taken)
                .extracting(signal -> signal.getHealth().getDetail())
                .containsExactly("missing: 4, gaps: 2, first: 2", "missing: 3, gaps: 1, first: 5 to 7");
    }

    @Test
    void tellsWhenASourceIsCompleteAgain() {
        client.tell(Map.of(SOURCE, GAP, OTHER, GAP));
        agent.taken.clear();

        client.tell(Map.of(OTHER, GAP));

        assertThat(agent.taken)
                .extracting(ReportRequest::getHealth)
                .containsExactly(HealthSignal.newBuilder()
                        .setComponent("audit-source:model-service/a/3")
                        .setHealthy(true)
                        .build());
    }

    @Test
    void tellsAgainWhatTheAgentDidNotTake() {
        // Given
        agent.answer = Uni.createFrom().failure(new IllegalStateException("away"));
        client.tell(Map.of(SOURCE, GAP));
        client.tell(Map.of(SOURCE, GAP));
        assertThat(agent.taken).hasSize(2);

        // When
        agent.answer = Uni.createFrom().item(ReportResponse.getDefaultInstance());
        client.tell(Map.of(SOURCE, GAP));
        client.tell(Map.of(SOURCE, GAP));

        // Then
        assertThat(agent.taken).hasSize(3);
    }

    @Test
    void asksForNothingOfWhatTheAgentNeverHeard() {
        agent.answer = Uni.createFrom().failure(new IllegalStateException("away"));
        client.tell(Map.of(SOURCE, GAP));
        agent.taken.clear();

        client.tell(Map.of());

        assertThat(agent.taken).isEmpty();
    }

    /** Two calls at once could arrive in either order, and the older would stay. */
    @Test
    void tellsOneAfterTheOther() {
        // Given
        var answer = new CompletableFuture<ReportResponse>();
        agent.answer = Uni.createFrom().completionStage(answer);
        client.tell(Map.of(SOURCE, GAP));

        // When
        client.tell(Map.of());
        assertThat(agent.taken).hasSize(1);
        answer.complete(ReportResponse.getDefaultInstance());
        client.tell(Map.of());

        // Then
        assertThat(agent.taken)
                .extracting(signal -> signal.getHealth().getHealthy())
                .containsExactly(false, true);
    }

    @Test
    void doesNotRepeatWhatTheAgentRefuses() {
        agent.answer =
                Uni.createFrom().item(ReportResponse.newBuilder().setRejected(1).build());

        client.tell(Map.of(SOURCE, GAP));
        client.tell(Map.of(SOURCE, GAP));

        assertThat(agent.taken).hasSize(1);
    }

    @Test
    void detailFitsWhateverIsMissing() {
        var most = List.of(new NumberRun(1, 2), new NumberRun(Long.MAX_VALUE / 2, Long.MAX_VALUE - 1));

        assertThat(new SourceFault(most, true).summary()).hasSizeLessThanOrEqualTo(200);
        assertThat(new SourceFault(List.of(new NumberRun(Long.MAX_VALUE / 2, Long.MAX_VALUE)), true).summary())
                .hasSizeLessThanOrEqualTo(200);
    }

    /** Takes signals, or not. */
    private static final class Agent implements SignalService {

        private final List<ReportRequest> taken = new ArrayList<>();
        private Uni<ReportResponse> answer = Uni.createFrom().item(ReportResponse.getDefaultInstance());

        @Override
        public Uni<ReportResponse> report(Multi<ReportRequest> requests) {
            return requests.collect().asList().invoke(taken::addAll).chain(() -> answer);
        }

        @Override
        public Uni<GetSnapshotResponse> getSnapshot(GetSnapshotRequest request) {
            return Uni.createFrom().failure(new UnsupportedOperationException());
        }
    }
}
