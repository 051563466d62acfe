package io.deepsuite.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.deepsuite.model.registry.ModelVersion;
import io.deepsuite.model.testing.Configs;
import io.deepsuite.model.testing.Versions;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineServiceTest {

    private static final ModelVersion LONE = Versions.version("1.0.0", "https://one:1");
    private static final ModelVersion PAIR = Versions.version("1.0.0", "https://one:1", "https://two:2");
    private static final EngineAnswer ANSWER = new EngineAnswer("stop", OptionalInt.of(3), OptionalInt.of(2));
    private static final EngineRequest REQUEST = new EngineRequest(
            new EngineRequest.Prompt.Chat(List.of()),
            new EngineRequest.Sampling(
                    OptionalInt.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalLong.empty(),
                    List.of()));

    private final FakeTransport transport = new FakeTransport();
    private final RecordingListener listener = new RecordingListener();

    @Test
    void triesAnotherReplicaWhenTheConnectionFailsBeforeTheFirstPiece() {
        // Given
        transport.failing("https://one:1", EngineFailure.Kind.CONNECTION);
        transport.failing("https://two:2", EngineFailure.Kind.CONNECTION);
        transport.well("https://two:2");

        // When
        var answer = answer(service(Map.of()), PAIR);

        // Then
        assertThat(answer).isEqualTo(ANSWER);
        assertThat(listener.asked).containsExactly("one:1", "two:2");
    }

    @Test
    void triesALoneReplicaOnceAgain() {
        // Given
        transport.failing("https://one:1", EngineFailure.Kind.CONNECTION);

        // When
        assertThatThrownBy(() -> answer(service(Map.of()), LONE)).satisfies(reason(ErrorReason.ENGINE_UNAVAILABLE));

        // Then
        assertThat(transport.calls).hasSize(2);
    }

    @Test
    void doesNotTryAgainOnceAPieceWasPassedOn() {
        // Given
        transport.breakAfterFirstPiece = true;

        // When
        assertThatThrownBy(() -> answer(service(Map.of()), PAIR)).satisfies(reason(ErrorReason.ENGINE_UNAVAILABLE));

        // Then
        assertThat(transport.calls).hasSize(1);
        assertThat(listener.pieces).containsExactly("piece");
    }

    @Test
    void opensTheCircuitAfterFiveFailuresInARowAndThenDoesNotAskTheReplica() {
        // Given
        var service = service(Map.of("deepsuite.engine.breaker-delay", "PT1H"));
        transport.failing("https://one:1", EngineFailure.Kind.SILENT);
        for (var i = 0; i < 5; i++) {
            assertThatThrownBy(() -> answer(service, LONE)).satisfies(reason(ErrorReason.ENGINE_UNAVAILABLE));
        }

        // When
        assertThatThrownBy(() -> answer(service, LONE)).satisfies(reason(ErrorReason.ENGINE_UNAVAILABLE));

        // Then
        assertThat(transport.calls).hasSize(5);
    }

    @Test
    void aSuccessBetweenFailuresKeepsTheCircuitClosed() {
        // Given
        var service = service(Map.of("deepsuite.engine.breaker-delay", "PT1H"));
        for (var round = 0; round < 3; round++) {
            transport.failing("https://one:1", EngineFailure.Kind.SILENT);
            for (var i = 0; i < 4; i++) {
                assertThatThrownBy(() -> answer(service, LONE)).isInstanceOf(DeepsuiteException.class);
            }
            transport.well("https://one:1");
            answer(service, LONE);
        }

        // When
        var answer = answer(service, LONE);

        // Then
        assertThat(answer).isEqualTo(ANSWER);
    }

    @Test
    void probesAnOpenCircuitAfterItsDelayAndClosesItOnSuccess() {
        // Given
        var service = service(Map.of("deepsuite.engine.breaker-delay", "PT0.001S"));
        transport.failing("https://one:1", EngineFailure.Kind.SILENT);
        for (var i = 0; i < 5; i++) {
            assertThatThrownBy(() -> answer(service, LONE)).isInstanceOf(DeepsuiteException.class);
        }
        transport.well("https://one:1");

        // When
        await().ignoreExceptions().until(() -> answer(service, LONE).equals(ANSWER));

        // Then
        assertThat(answer(service, LONE)).isEqualTo(ANSWER);
    }

    @Test
    void refusalsOfTheRequestDoNotCountAgainstTheReplica() {
        // Given
        var service = service(Map.of("deepsuite.engine.breaker-delay", "PT1H"));
        transport.failing("https://one:1", EngineFailure.Kind.TOO_LONG);

        // When
        for (var i = 0; i < 10; i++) {
            assertThatThrownBy(() -> answer(service, LONE)).satisfies(reason(ErrorReason.PROMPT_TOO_LONG));
        }

        // Then
        assertThat(transport.calls).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECTION, ENGINE_UNAVAILABLE",
        "UNREADY, ENGINE_UNAVAILABLE",
        "SILENT, ENGINE_UNAVAILABLE",
        "BROKEN, ENGINE_UNAVAILABLE",
        "BUSY, OVERLOADED",
        "TOO_LONG, PROMPT_TOO_LONG",
        "REFUSED, VALUE_INVALID"
    })
    void tellsTheCallerWhatHappened(EngineFailure.Kind kind, ErrorReason expected) {
        // Given
        transport.failing("https://one:1", kind);

        // Then
        assertThatThrownBy(() -> answer(service(Map.of()), LONE)).satisfies(reason(expected));
    }

    @Test
    void takesReplicasInTurn() {
        // Given
        var service = service(Map.of());

        // When
        for (var i = 0; i < 4; i++) {
            answer(service, PAIR);
        }

        // Then
        assertThat(transport.calls).containsExactly("https://one:1", "https://two:2", "https://one:1", "https://two:2");
    }

    private EngineAnswer answer(EngineService service, ModelVersion version) {
        return service.answer(version, REQUEST, new CallLifetime(Duration.ofMinutes(1)), listener);
    }

    private EngineService service(Map<String, String> set) {
        return new EngineService(transport, new ReplicaGuards(Configs.of(EngineConfig.class, set)));
    }

    private static Consumer<Throwable> reason(ErrorReason reason) {
        return failure -> assertThat(failure)
                .isInstanceOfSatisfying(
                        DeepsuiteException.class,
                        known -> assertThat(known.reason()).isEqualTo(reason));
    }

    private static final class RecordingListener implements EngineListener {

        private final List<String> asked = new ArrayList<>();
        private final List<String> pieces = new ArrayList<>();

        @Override
        public void asking(String address) {
            asked.add(address);
        }

        @Override
        public void text(String piece) {
            pieces.add(piece);
        }
    }

    private static final class FakeTransport implements EngineTransport {

        private final List<String> calls = new ArrayList<>();
        private final Map<String, EngineFailure.Kind> failing = new HashMap<>();
        private boolean breakAfterFirstPiece;

        void failing(String address, EngineFailure.Kind kind) {
            failing.put(address, kind);
        }

        void well(String address) {
            failing.remove(address);
        }

        @Override
        public EngineAnswer exchange(
                ModelVersion.EngineReplica replica,
                EngineRequest request,
                CallLifetime lifetime,
                Consumer<String> pieces) {
            calls.add(replica.address());
            var kind = failing.get(replica.address());
            if (kind != null) {
                throw new EngineFailure(kind, "told to fail");
            }
            pieces.accept("piece");
            if (breakAfterFirstPiece) {
                throw new EngineFailure(EngineFailure.Kind.CONNECTION, "told to break");
            }
            return ANSWER;
        }

        @Override
        public boolean healthy(ModelVersion.EngineReplica replica) {
            return !failing.containsKey(replica.address());
        }
    }
}
