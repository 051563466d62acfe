package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.dataprep.v1.EntityType;
import io.deepsuite.dataprep.v1.MaskRequest;
import io.deepsuite.dataprep.v1.PrepServiceGrpc;
import io.deepsuite.dataprep.v1.UnmaskRequest;
import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.systemtests.suite.Chat;
import io.deepsuite.systemtests.suite.EchoEngine;
import io.deepsuite.systemtests.suite.GrpcFace;
import io.deepsuite.systemtests.suite.Https;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import io.deepsuite.systemtests.suite.Traces;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people type reaches no engine and leaves no trace. */
@ExtendWith(SuiteExtension.class)
class PersonalDataIT {

    private static final String MOBILE = "13812345678";
    private static final String EMAIL = "canary.wang@example.org";
    private static final String RESIDENT_ID = "110101199003074530";
    private static final String CARD = "6217000123456789019";
    private static final String NAME = "王金丝雀";
    private static final List<String> MASKED = List.of(MOBILE, EMAIL, RESIDENT_ID, CARD);
    private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z]{3}-\\d{4}");

    private final Suite suite;

    PersonalDataIT(Suite suite) {
        this.suite = suite;
    }

    enum Face {
        PLAIN,
        STREAMED,
        GRPC_CHAT,
        GRPC_GENERATE;

        String ask(Chat chat, String prompt, String requestId) {
            return switch (this) {
                case PLAIN -> chat.plain(EchoEngine.MODEL, prompt, requestId).text();
                case STREAMED ->
                    chat.streamed(EchoEngine.MODEL, prompt, requestId).text();
                case GRPC_CHAT ->
                    chat.overGrpc(EchoEngine.MODEL, prompt, requestId).text();
                case GRPC_GENERATE -> chat.generated(EchoEngine.MODEL, prompt, requestId);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void engineSeesAPlaceholderAndTheCallerTheNumber(Face face) {
        // Given
        var mark = UUID.randomUUID().toString();
        var prompt = "请联系 " + MOBILE + " 重启推理服务 " + mark;

        // When
        var answer = face.ask(suite.chat(), prompt, "");

        // Then
        assertThat(answer).isEqualTo(prompt);
        assertThat(suite.echo().receivedWith(mark)).singleElement().satisfies(received -> {
            assertThat(received).doesNotContain(MOBILE);
            assertThat(PLACEHOLDER.matcher(received).results()).hasSize(1);
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyKindIsMaskedAndRestoredAlsoManyAtOnce(Face face) {
        // Given
        var mark = UUID.randomUUID().toString();
        var prompt = "%s %s，邮箱%s；证件%s。卡号:%s (%s) %s".formatted(NAME, MOBILE, EMAIL, RESIDENT_ID, CARD, MOBILE, mark);

        // When
        var answer = face.ask(suite.chat(), prompt, "");

        // Then
        assertThat(answer).isEqualTo(prompt);
        assertThat(suite.echo().receivedWith(mark))
                .singleElement()
                .satisfies(received -> assertThat(received).doesNotContain(MASKED));
    }

    @Test
    void wordsThatLookLikePlaceholdersStayAsTheyAre() {
        // Given
        var prompt = "TEL-1001 is not " + MOBILE + " but TEL-1001, and TEL-10 and TEL- too";

        // When
        var answer = suite.chat().streamed(EchoEngine.MODEL, prompt, "");

        // Then
        assertThat(answer.text()).isEqualTo(prompt);
    }

    @Test
    void earlierTurnsAreMaskedToo() {
        // Given
        var mark = UUID.randomUUID().toString();
        var body = Chat.body(EchoEngine.MODEL, "");
        body.put(
                "messages",
                List.of(
                        message("system", "answer to " + EMAIL),
                        message("user", "card " + CARD),
                        message("assistant", "noted " + CARD),
                        message("user", mark)));

        // When
        var response = suite.chat().post(Https.text(body), "");

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(suite.echo().receivedWith(mark))
                .singleElement()
                .satisfies(received -> assertThat(received).doesNotContain(EMAIL, CARD));
    }

    private static Map<String, String> message(String role, String content) {
        return Map.of("role", role, "content", content);
    }

    @Test
    void demoModelCarriesAPlaceholderThroughATranslation() {
        assertThat(suite.chat().plain(Suite.DEMO_MODEL, MOBILE + " 智能手机", "").text())
                .isEqualTo(MOBILE + " Smartphone");
    }

    @Test
    void nothingIsLeftBehindInLogsMetricsRecordsRowsOrFiles() {
        // Given: answered, refused and broken calls of a person who is mentioned nowhere else
        var id = "canary-" + UUID.randomUUID();
        var prompt = "%s %s %s %s %s".formatted(NAME, MOBILE, EMAIL, RESIDENT_ID, CARD);
        var chat = suite.chat();

        // When
        Stream.of(Face.values()).forEach(face -> face.ask(chat, prompt, id + "-" + face));
        chat.plain(Suite.DEMO_MODEL, prompt, id + "-demo");
        chat.post(Https.text(Chat.body("no-such-model", prompt)), id + "-unknown");
        chat.post(Https.text(Chat.body(prompt, prompt)), id + "-odd-name");
        chat.post("{\"model\": \"echo\", \"" + prompt, id + "-broken");
        chat.post(Https.text(Chat.body(EchoEngine.MODEL, (prompt + " ").repeat(20_000))), id + "-long");

        // Then
        var requests = Stream.concat(
                        Stream.of(Face.values()).map(Face::name),
                        Stream.of("demo", "unknown", "odd-name", "broken", "long"))
                .map(suffix -> id + "-" + suffix);
        requests.forEach(request -> suite.events().awaitOne(request));
        var traces = Traces.of(suite);
        assertThat(traces.searched()).isGreaterThan(100);
        assertThat(traces.of(List.of(NAME, MOBILE, EMAIL, RESIDENT_ID, CARD))).isEmpty();
        assertThat(traces.of(List.of(id + "-demo"))).as("a search that works").isNotEmpty();
    }

    @Test
    void auditEventNamesTheKindsThatWereMasked() {
        // Given
        var id = "kinds-" + UUID.randomUUID();

        // When
        suite.chat().plain(EchoEngine.MODEL, EMAIL + " and " + CARD, id);

        // Then
        assertThat(suite.events().awaitOne(id).getInference().getMaskedTypesList())
                .containsExactly("BANK_CARD", "EMAIL");
    }

    @Test
    void dataEngineerMasksAndUnmasks() {
        // Given
        var stub = GrpcFace.as(
                PrepServiceGrpc.newBlockingStub(suite.grpc(Port.DATAPREP).channel()),
                suite.token(Role.DATA_ENGINEER),
                "");

        // When
        var masked = stub.mask(MaskRequest.newBuilder()
                .addTexts("call " + MOBILE)
                .addTexts(MOBILE + " or " + EMAIL)
                .build());
        var restored = stub.unmask(UnmaskRequest.newBuilder()
                .setText(masked.getTexts(1))
                .setVault(masked.getVault())
                .build());

        // Then
        assertThat(masked.getTextsList())
                .hasSize(2)
                .allSatisfy(text -> assertThat(text).doesNotContain(MASKED).containsPattern(PLACEHOLDER));
        assertThat(masked.getPlaceholdersList())
                .extracting(placeholder -> placeholder.getEntityType())
                .containsExactlyInAnyOrder(EntityType.ENTITY_TYPE_CHINESE_MOBILE_NUMBER, EntityType.ENTITY_TYPE_EMAIL);
        assertThat(masked.getVault().toStringUtf8()).doesNotContain(MASKED);
        assertThat(restored.getText()).isEqualTo(MOBILE + " or " + EMAIL);
        assertThat(restored.getRestored()).isEqualTo(2);
    }
}
