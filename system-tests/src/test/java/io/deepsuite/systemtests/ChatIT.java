package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.systemtests.suite.Golden;
import io.deepsuite.systemtests.suite.Https;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One request crosses the whole suite, over each face. */
@ExtendWith(SuiteExtension.class)
class ChatIT {

    private final Suite suite;

    ChatIT(Suite suite) {
        this.suite = suite;
    }

    @ParameterizedTest
    @MethodSource("titles")
    void translatesTheTitlesTheModelWasNotTrainedOn(Golden title) {
        assertThat(suite.chat().plain(Suite.DEMO_MODEL, title.chinese(), "").text())
                .isEqualTo(title.english());
    }

    static List<Golden> titles() {
        return Golden.titles(5);
    }

    @Test
    void answersTheSameOverEachFace() {
        // Given
        var title = Golden.titles(1).getFirst();
        var chat = suite.chat();

        // When
        var plain = chat.plain(Suite.DEMO_MODEL, title.chinese(), "");
        var streamed = chat.streamed(Suite.DEMO_MODEL, title.chinese(), "");
        var grpc = chat.overGrpc(Suite.DEMO_MODEL, title.chinese(), "");

        // Then
        assertThat(List.of(plain.text(), streamed.text(), grpc.text())).containsOnly(title.english());
        assertThat(List.of(plain.finishReason(), streamed.finishReason(), grpc.finishReason()))
                .containsOnly("stop");
        assertThat(plain.promptTokens()).isPositive();
        assertThat(plain.completionTokens()).isPositive();
        assertThat(List.of(streamed.promptTokens(), grpc.promptTokens())).containsOnly(plain.promptTokens());
        assertThat(List.of(streamed.completionTokens(), grpc.completionTokens()))
                .containsOnly(plain.completionTokens());
    }

    @Test
    void streamsTheAnswerInPieces() {
        var title = Golden.titles(1).getFirst();

        assertThat(suite.chat().streamed(Suite.DEMO_MODEL, title.chinese(), "").pieces())
                .hasSizeGreaterThan(1);
        assertThat(suite.chat().overGrpc(Suite.DEMO_MODEL, title.chinese(), "").pieces())
                .hasSizeGreaterThan(1);
    }

    @Test
    void returnsTheRequestIdItWasGiven() {
        // Given
        var id = "given-" + UUID.randomUUID();

        // When
        var plain = suite.chat().plain("echo", "one", id + "-plain");
        var streamed = suite.chat().streamed("echo", "two", id + "-streamed");
        var grpc = suite.chat().overGrpc("echo", "three", id + "-grpc");

        // Then
        assertThat(List.of(plain.requestId(), streamed.requestId(), grpc.requestId()))
                .containsExactly(id + "-plain", id + "-streamed", id + "-grpc");
    }

    @Test
    void makesARequestIdWhenThereIsNone() {
        var ids = List.of(
                suite.chat().plain("echo", "one", "").requestId(),
                suite.chat().overGrpc("echo", "two", "").requestId());

        assertThat(ids).doesNotHaveDuplicates().allSatisfy(id -> assertThat(id).matches("[!-~]{1,128}"));
    }

    @Test
    void doesNotTakeAnUnusableRequestId() {
        var tooLong = "x".repeat(129);

        var answer = suite.chat().plain("echo", "one", tooLong);

        assertThat(answer.requestId()).isNotEqualTo(tooLong).matches("[!-~]{1,128}");
    }

    @Test
    void generatesWithoutAChatTemplate() {
        assertThat(suite.chat().generated("echo", "as it is", "")).isEqualTo("as it is");
    }

    @Test
    void answersWithTheVersionThatIsAskedFor() {
        var title = Golden.titles(1).getFirst();

        assertThat(suite.chat()
                        .plain(Suite.DEMO_MODEL + "@1.0.0", title.chinese(), "")
                        .text())
                .isEqualTo(title.english());
        assertThat(suite.chat()
                        .plain(Suite.DEMO_MODEL + "@0.9.0", title.chinese(), "")
                        .text())
                .isNotEmpty();
    }

    @Test
    void listsTheModels() {
        // When
        var response = suite.https()
                .send(Https.request(
                        suite.stack().addresses().model().resolve("/v1/models"), suite.token(Role.MODEL_USER)));

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Https.json(response).path("data").valueStream().map(ChatIT::id))
                .contains(Suite.DEMO_MODEL, "echo");
    }

    private static String id(JsonNode model) {
        return model.path("id").asText();
    }
}
