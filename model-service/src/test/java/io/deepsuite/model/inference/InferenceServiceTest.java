package io.deepsuite.model.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.model.engine.CallLifetime;
import io.deepsuite.model.engine.EngineAnswer;
import io.deepsuite.model.engine.EngineRequest;
import io.deepsuite.model.engine.Engines;
import io.deepsuite.model.hashing.InputHasher;
import io.deepsuite.model.inference.InferenceRequest.Prompt;
import io.deepsuite.model.inference.InferenceRequest.Role;
import io.deepsuite.model.inference.InferenceRequest.Sampling;
import io.deepsuite.model.inference.InferenceRequest.Turn;
import io.deepsuite.model.masking.FakeDataPrep;
import io.deepsuite.model.masking.MaskedText;
import io.deepsuite.model.masking.MaskingService;
import io.deepsuite.model.registry.ModelVersion;
import io.deepsuite.model.signals.Signal;
import io.deepsuite.model.testing.Configs;
import io.deepsuite.model.testing.Versions;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InferenceServiceTest {

    private static final ModelVersion VERSION = Versions.version("1.0.0", "https://engine:1");
    private static final InputHasher HASHER = new InputHasher(new byte[32]);
    private static final EngineAnswer STOPPED = new EngineAnswer("stop", OptionalInt.of(7), OptionalInt.of(3));
    private static final String PROMPT = "请联系 " + FakeDataPrep.NUMBER + " 重启推理服务";

    private final FakeDataPrep dataPrep = new FakeDataPrep();
    private final Recorded recorded = new Recorded();
    private final List<Signal> signals = new ArrayList<>();
    private final List<EngineRequest> asked = new ArrayList<>();
    private final CallLifetime lifetime = new CallLifetime(Duration.ofMinutes(1));

    @Test
    void theEventIsDurableBeforeTheCallerLearnsThatTheAnswerEnded() {
        // Given
        var engines = saying("Restart ", "the service");

        // When
        var end = answer(engines, chat("hello"));

        // Then
        assertThat(recorded.happened())
                .containsExactly("begin", "piece Restart ", "piece the service", "event SUCCESS");
        assertThat(end).isEqualTo(new AnswerEnd("1.0.0", "stop", 7, 3));
    }

    @Test
    void personalDataDoesNotReachTheEngineAndComesBackInTheAnswer() {
        // Given
        var engines = saying("Contact TE", "L-10", "01 to restart");

        // When
        answer(engines, chat(PROMPT));

        // Then
        assertThat(texts(asked.getFirst())).containsExactly("请联系 TEL-1001 重启推理服务");
        assertThat(recorded.text()).isEqualTo("Contact 13812345678 to restart");
        assertThat(recorded.facts().maskedTypes()).containsExactly("CHINESE_MOBILE_NUMBER");
    }

    @Test
    void stopTextsAreMaskedWithThePrompt() {
        // Given
        var sampling = new Sampling(
                OptionalInt.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                List.of("\n", FakeDataPrep.NUMBER));

        // When
        answer(saying("x"), new InferenceRequest("tiny-translate", new Prompt.Completion(PROMPT), sampling));

        // Then
        assertThat(asked.getFirst().sampling().stop()).map(MaskedText::value).containsExactly("\n", "TEL-1001");
    }

    @Test
    void theEventTellsAnAuditorEverythingButTheContent() throws Exception {
        // When
        answer(saying("a ", "TEL-1001"), chat(PROMPT));

        // Then
        var facts = recorded.facts();
        assertThat(facts.outputSha256()).isEqualTo(sha256("a " + FakeDataPrep.NUMBER));
        assertThat(facts.inputHmac())
                .isEqualTo(HASHER.hash(
                        "acme",
                        ("{\"messages\":[{\"content\":\"" + PROMPT + "\",\"role\":\"user\"}]}")
                                .getBytes(StandardCharsets.UTF_8)));
        assertThat(facts.keyId()).isEqualTo(HASHER.keyId());
        assertThat(facts.promptTokens()).isEqualTo(7);
        assertThat(facts.completionTokens()).isEqualTo(3);
        assertThat(facts.finishReason()).isEqualTo("stop");
        assertThat(facts.engine()).isEqualTo("engine:1");
        assertThat(recorded.version()).isEqualTo(VERSION);
    }

    @Test
    void nothingReachesTheEngineWhenMaskingFails() {
        // Given
        dataPrep.goDown();

        // When
        assertThatThrownBy(() -> answer(saying("x"), chat(PROMPT))).satisfies(reason(ErrorReason.MASKING_UNAVAILABLE));

        // Then
        assertThat(asked).isEmpty();
        assertThat(recorded.happened()).containsExactly("event FAILURE MASKING_UNAVAILABLE");
    }

    @Test
    void theAnswerBreaksOffWhenItCannotBeRestored() {
        // Given
        recorded.onPiece(dataPrep::goDown);

        // When
        assertThatThrownBy(() -> answer(saying("a ", "TEL-1001", "."), chat(PROMPT)))
                .satisfies(reason(ErrorReason.MASKING_UNAVAILABLE));

        // Then
        assertThat(recorded.happened()).containsExactly("begin", "piece a ", "event FAILURE MASKING_UNAVAILABLE");
    }

    @Test
    void anEngineThatFailsBeforeTheFirstPieceLeavesAFailureAndNoAnswer() {
        // Given
        Engines engines = (_, _, _, listener) -> {
            listener.asking("engine:1");
            throw new DeepsuiteException(ErrorReason.ENGINE_UNAVAILABLE, "down");
        };

        // When
        assertThatThrownBy(() -> answer(engines, chat("hello"))).satisfies(reason(ErrorReason.ENGINE_UNAVAILABLE));

        // Then
        assertThat(recorded.happened()).containsExactly("event FAILURE ENGINE_UNAVAILABLE");
        assertThat(recorded.facts().engine()).isEqualTo("engine:1");
        assertThat(signals)
                .singleElement()
                .isInstanceOfSatisfying(
                        Signal.Inference.class,
                        signal -> assertThat(signal.success()).isFalse());
    }

    @Test
    void anEngineThatFailsInTheMiddleLeavesAFailureWithWhatWasPassedOn() {
        // Given
        Engines engines = (_, _, _, listener) -> {
            listener.text("half");
            throw new DeepsuiteException(ErrorReason.ENGINE_UNAVAILABLE, "broke");
        };

        // When
        assertThatThrownBy(() -> answer(engines, chat("hello"))).satisfies(reason(ErrorReason.ENGINE_UNAVAILABLE));

        // Then
        assertThat(recorded.happened()).containsExactly("begin", "piece half", "event FAILURE ENGINE_UNAVAILABLE");
        assertThat(recorded.facts().completionTokens()).isEqualTo(1);
    }

    @Test
    void aCallerThatGoesAwayLeavesACancelledEventWithTheTokensSoFar() {
        // Given
        recorded.onPiece(lifetime::cancel);
        Engines engines = (_, _, life, listener) -> {
            listener.text("one");
            life.check();
            throw new AssertionError("goes on although the caller went away");
        };

        // When
        assertThatThrownBy(() -> answer(engines, chat("hello"))).satisfies(reason(ErrorReason.CANCELLED));

        // Then
        assertThat(recorded.happened()).containsExactly("begin", "piece one", "event FAILURE CANCELLED");
        assertThat(recorded.facts().completionTokens()).isEqualTo(1);
    }

    @Test
    void theEventKnowsOfEveryPieceBeforeTheCallerSeesIt() throws Exception {
        // Given
        var seen = new ArrayList<InferenceFacts>();
        recorded.onPiece(() -> seen.add(recorded.facts()));

        // When
        answer(saying("a", "b"), chat("hello"));

        // Then
        assertThat(seen).map(InferenceFacts::completionTokens).containsExactly(1, 2);
        assertThat(seen).map(InferenceFacts::outputSha256).containsExactly(sha256("a"), sha256("ab"));
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void noAnswerEndsWithoutItsEvent() {
        // Given
        recorded.auditGoesDown();

        // When
        assertThatThrownBy(() -> answer(saying("x"), chat("hello"))).satisfies(reason(ErrorReason.AUDIT_UNAVAILABLE));

        // Then
        assertThat(recorded.happened()).containsExactly("begin", "piece x");
    }

    @Test
    void anUnforeseenFailureLeavesAnEventAndTellsNothing() {
        // Given
        Engines engines = (_, _, _, _) -> {
            throw new IllegalStateException("secret");
        };

        // When
        assertThatThrownBy(() -> answer(engines, chat("hello")))
                .satisfies(reason(ErrorReason.INTERNAL))
                .hasMessageNotContaining("secret");

        // Then
        assertThat(recorded.happened()).containsExactly("event FAILURE INTERNAL");
    }

    @Test
    void aSignalTellsTheMonitorHowItWent() {
        // When
        answer(saying("x"), chat("hello"));

        // Then
        assertThat(signals).singleElement().isInstanceOfSatisfying(Signal.Inference.class, signal -> {
            assertThat(signal.success()).isTrue();
            assertThat(signal.quantization()).isEqualTo("q8_0");
            assertThat(signal.completionTokens()).isEqualTo(3);
            assertThat(signal.timeToFirstToken()).isNotNull();
        });
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void refusesWhatIsOutsideItsRangeAndNamesTheField(String field, InferenceRequest request) {
        // When
        assertThatThrownBy(() -> answer(saying("x"), request))
                .isInstanceOfSatisfying(DeepsuiteException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(ErrorReason.VALUE_INVALID);
                    assertThat(failure.metadata()).containsEntry("field", field);
                });

        // Then
        assertThat(asked).isEmpty();
        assertThat(recorded.happened()).containsExactly("event FAILURE VALUE_INVALID");
    }

    static Stream<Arguments> invalid() {
        return Stream.of(
                Arguments.of("model", new InferenceRequest("", new Prompt.Completion("x"), Sampling.DEFAULTS)),
                Arguments.of("prompt", completion("", Sampling.DEFAULTS)),
                Arguments.of("messages", new InferenceRequest("m", new Prompt.Chat(List.of()), Sampling.DEFAULTS)),
                Arguments.of("messages[0].content", chat("")),
                Arguments.of("max_tokens", maxTokens(0)),
                Arguments.of("max_tokens", maxTokens(-5)),
                Arguments.of("max_tokens", maxTokens(513)),
                Arguments.of("temperature", temperature(-0.1)),
                Arguments.of("temperature", temperature(2.1)),
                Arguments.of("temperature", temperature(Double.NaN)),
                Arguments.of("top_p", topP(0)),
                Arguments.of("top_p", topP(1.01)),
                Arguments.of("stop", stop(List.of("a", "b", "c", "d", "e"))),
                Arguments.of("stop", stop(List.of("a", ""))));
    }

    @Test
    void refusesAPromptThatIsTooLong() {
        assertThatThrownBy(() -> answer(saying("x"), chat("x".repeat(200_001))))
                .satisfies(reason(ErrorReason.PROMPT_TOO_LONG));
        assertThat(asked).isEmpty();
    }

    private AnswerEnd answer(Engines engines, InferenceRequest request) {
        var config = Configs.of(InferenceConfig.class, Map.of());
        var service = new InferenceService(
                config,
                _ -> VERSION,
                new Admission(config),
                new MaskingService(dataPrep),
                engines,
                HASHER,
                signals::add);
        return service.answer(request, new InferenceCall("acme", recorded, lifetime), recorded);
    }

    private Engines saying(String... pieces) {
        return (_, request, _, listener) -> {
            asked.add(request);
            listener.asking("engine:1");
            List.of(pieces).forEach(listener::text);
            return STOPPED;
        };
    }

    private static List<String> texts(EngineRequest request) {
        return switch (request.prompt()) {
            case EngineRequest.Prompt.Chat chat ->
                chat.turns().stream().map(turn -> turn.content().value()).toList();
            case EngineRequest.Prompt.Completion completion ->
                List.of(completion.text().value());
        };
    }

    private static InferenceRequest chat(String content) {
        return new InferenceRequest(
                "tiny-translate", new Prompt.Chat(List.of(new Turn(Role.USER, content))), Sampling.DEFAULTS);
    }

    private static InferenceRequest completion(String prompt, Sampling sampling) {
        return new InferenceRequest("tiny-translate", new Prompt.Completion(prompt), sampling);
    }

    private static InferenceRequest maxTokens(int value) {
        return completion(
                "x",
                new Sampling(
                        OptionalInt.of(value),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalLong.empty(),
                        List.of()));
    }

    private static InferenceRequest temperature(double value) {
        return completion(
                "x",
                new Sampling(
                        OptionalInt.empty(),
                        OptionalDouble.of(value),
                        OptionalDouble.empty(),
                        OptionalLong.empty(),
                        List.of()));
    }

    private static InferenceRequest topP(double value) {
        return completion(
                "x",
                new Sampling(
                        OptionalInt.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.of(value),
                        OptionalLong.empty(),
                        List.of()));
    }

    private static InferenceRequest stop(List<String> stop) {
        return completion(
                "x",
                new Sampling(
                        OptionalInt.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalLong.empty(),
                        stop));
    }

    private static Consumer<Throwable> reason(ErrorReason reason) {
        return failure -> assertThat(failure)
                .isInstanceOfSatisfying(
                        DeepsuiteException.class,
                        known -> assertThat(known.reason()).isEqualTo(reason));
    }
}
