package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.dataprep.v1.MaskRequest;
import io.deepsuite.dataprep.v1.PrepServiceGrpc;
import io.deepsuite.dataprep.v1.UnmaskRequest;
import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.model.v1.ChatMessage;
import io.deepsuite.model.v1.ChatRequest;
import io.deepsuite.model.v1.CreateModelRequest;
import io.deepsuite.model.v1.CreateModelVersionRequest;
import io.deepsuite.model.v1.GetModelRequest;
import io.deepsuite.model.v1.InferenceServiceGrpc;
import io.deepsuite.model.v1.ListModelsRequest;
import io.deepsuite.model.v1.Model;
import io.deepsuite.model.v1.SamplingOptions;
import io.deepsuite.model.v1.SetAliasRequest;
import io.deepsuite.systemtests.suite.EchoEngine;
import io.deepsuite.systemtests.suite.GrpcFace;
import io.deepsuite.systemtests.suite.RawCalls;
import io.deepsuite.systemtests.suite.Registry;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import io.grpc.StatusRuntimeException;
import java.util.Collections;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a gRPC request is told by status and ErrorInfo, and audited. */
@ExtendWith(SuiteExtension.class)
class BadGrpcInputIT {

    private final Suite suite;

    BadGrpcInputIT(Suite suite) {
        this.suite = suite;
    }

    static Stream<Arguments> badChats() {
        var invalid = "INVALID_ARGUMENT / VALUE_INVALID";
        return Stream.of(
                Arguments.of("no model", chat().clearModel().build(), invalid),
                Arguments.of("no messages", chat().clearMessages().build(), invalid),
                Arguments.of(
                        "no role",
                        chat().clearMessages()
                                .addMessages(message("hello").clearRole())
                                .build(),
                        invalid),
                Arguments.of(
                        "nothing said",
                        chat().clearMessages().addMessages(message("")).build(),
                        invalid),
                Arguments.of(
                        "unknown role",
                        chat().clearMessages()
                                .addMessages(message("hello").setRoleValue(99))
                                .build(),
                        invalid),
                Arguments.of(
                        "negative max_tokens",
                        sampling(SamplingOptions.newBuilder().setMaxTokens(-1)),
                        invalid),
                Arguments.of(
                        "temperature too high",
                        sampling(SamplingOptions.newBuilder().setTemperature(2.1)),
                        invalid),
                Arguments.of(
                        "temperature is no number",
                        sampling(SamplingOptions.newBuilder().setTemperature(Double.NaN)),
                        invalid),
                Arguments.of(
                        "top_p of zero", sampling(SamplingOptions.newBuilder().setTopP(0)), invalid),
                Arguments.of(
                        "too many stop texts",
                        sampling(SamplingOptions.newBuilder().addAllStop(Collections.nCopies(5, "x"))),
                        invalid),
                Arguments.of(
                        "empty stop text", sampling(SamplingOptions.newBuilder().addStop("")), invalid),
                Arguments.of("unknown model", chat().setModel("no-such-model").build(), "NOT_FOUND / MODEL_NOT_FOUND"),
                Arguments.of(
                        "over-long prompt",
                        chat().clearMessages()
                                .addMessages(message("长".repeat(200_001)))
                                .build(),
                        "INVALID_ARGUMENT / PROMPT_TOO_LONG"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badChats")
    void badChatIsRefused(String what, ChatRequest request, String expected) {
        // Given
        var id = "bad-" + UUID.randomUUID();

        // When
        var failure = failure(() -> suite.chat().overGrpc(request, id));

        // Then
        assertRefused(failure, expected);
        assertFailed(id, expected);
    }

    @Test
    void bytesThatAreNoMessageAreRefused() {
        // Given
        var id = "bad-" + UUID.randomUUID();

        // When
        var failure =
                failure(() -> raw().call(InferenceServiceGrpc.getChatMethod(), new byte[] {(byte) 0xff, 1, 2}, id));

        // Then
        assertRefused(failure, "INVALID_ARGUMENT / BODY_MALFORMED");
        assertFailed(id, "INVALID_ARGUMENT / BODY_MALFORMED");
    }

    @Test
    void textThatIsNoUtf8IsRefused() {
        // Given: field 1, the model's name, of one byte that no UTF-8 text has
        var id = "bad-" + UUID.randomUUID();

        // When
        var failure =
                failure(() -> raw().call(InferenceServiceGrpc.getChatMethod(), new byte[] {0x0a, 1, (byte) 0xfe}, id));

        // Then
        assertRefused(failure, "INVALID_ARGUMENT / BODY_MALFORMED");
        assertFailed(id, "INVALID_ARGUMENT / BODY_MALFORMED");
    }

    @Test
    void hugeMessageIsRefused() {
        // Given
        var id = "bad-" + UUID.randomUUID();
        var request =
                chat().clearMessages().addMessages(message("x".repeat(9 << 20))).build();

        // When
        var failure = failure(() -> suite.chat().overGrpc(request, id));

        // Then
        assertRefused(failure, "RESOURCE_EXHAUSTED / BODY_TOO_LARGE");
        assertFailed(id, "RESOURCE_EXHAUSTED / BODY_TOO_LARGE");
    }

    @Test
    void unreadableMessageOfNobodyIsDenied() {
        // Given
        var id = "bad-" + UUID.randomUUID();
        var stranger = new RawCalls(suite.grpc(Port.MODEL).channel(), "no-token");

        // When
        var failure =
                failure(() -> stranger.call(InferenceServiceGrpc.getChatMethod(), new byte[] {(byte) 0xff, 1, 2}, id));

        // Then
        assertRefused(failure, "UNAUTHENTICATED / TOKEN_INVALID");
    }

    @Test
    void unknownMethodIsToldSo() {
        var failure = failure(() -> raw().callUnknown("deepsuite.model.v1.InferenceService/NoSuchMethod"));

        assertThat(failure.getStatus().getCode()).hasToString("UNIMPLEMENTED");
    }

    @Test
    void badTextsAreNotMasked() {
        var prep = GrpcFace.as(
                PrepServiceGrpc.newBlockingStub(suite.grpc(Port.DATAPREP).channel()),
                suite.token(Role.DATA_ENGINEER),
                "");

        assertRefused(failure(() -> prep.mask(MaskRequest.getDefaultInstance())), "INVALID_ARGUMENT / VALUE_INVALID");
        assertRefused(
                failure(() -> prep.mask(MaskRequest.newBuilder()
                        .addAllTexts(Collections.nCopies(1_001, "x"))
                        .build())),
                "INVALID_ARGUMENT / TEXTS_TOO_MANY");
        assertRefused(
                failure(() -> prep.unmask(UnmaskRequest.newBuilder()
                        .setText("TEL-1001")
                        .setVault(ByteString.copyFromUtf8("not a vault"))
                        .build())),
                "INVALID_ARGUMENT / VAULT_INVALID");
    }

    @Test
    void vaultThatWasChangedIsRefused() {
        // Given
        var prep = GrpcFace.as(
                PrepServiceGrpc.newBlockingStub(suite.grpc(Port.DATAPREP).channel()),
                suite.token(Role.DATA_ENGINEER),
                "");
        var vault = prep.mask(
                        MaskRequest.newBuilder().addTexts("call 13812345678").build())
                .getVault()
                .toByteArray();

        // When
        vault[vault.length / 2] ^= 1;

        // Then
        assertRefused(
                failure(() -> prep.unmask(UnmaskRequest.newBuilder()
                        .setText("TEL-1001")
                        .setVault(ByteString.copyFrom(vault))
                        .build())),
                "INVALID_ARGUMENT / VAULT_INVALID");
    }

    @Test
    void badChangesOfTheRegistryAreRefused() {
        // Given
        var registry = Registry.of(suite).stub();
        var echo = "models/" + EchoEngine.MODEL;

        // Then
        assertRefused(
                failure(() -> registry.createModel(create("models/Not Allowed"))), "INVALID_ARGUMENT / VALUE_INVALID");
        assertRefused(failure(() -> registry.createModel(create(echo))), "ALREADY_EXISTS / MODEL_EXISTS");
        assertRefused(failure(() -> registry.getModel(get("models/none"))), "NOT_FOUND / MODEL_NOT_FOUND");
        assertRefused(
                failure(() -> registry.createModelVersion(version(echo, Registry.VERSION))),
                "ALREADY_EXISTS / MODEL_VERSION_EXISTS");
        assertRefused(
                failure(() -> registry.createModelVersion(version(echo, "one"))), "INVALID_ARGUMENT / VALUE_INVALID");
        assertRefused(
                failure(() -> registry.createModelVersion(version("models/none", "1.0.0"))),
                "NOT_FOUND / MODEL_NOT_FOUND");
        assertRefused(
                failure(() -> registry.setAlias(alias(echo).setVersion("7.7.7").build())),
                "NOT_FOUND / MODEL_VERSION_NOT_FOUND");
        assertRefused(
                failure(() -> registry.setAlias(alias(echo).setEtag("stale").build())), "ABORTED / ETAG_MISMATCH");
        assertRefused(
                failure(() -> registry.listModels(
                        ListModelsRequest.newBuilder().setPageToken("garbage").build())),
                "INVALID_ARGUMENT / PAGE_TOKEN_INVALID");
    }

    private static CreateModelRequest create(String name) {
        return CreateModelRequest.newBuilder()
                .setModel(Model.newBuilder().setName(name))
                .build();
    }

    private static GetModelRequest get(String name) {
        return GetModelRequest.newBuilder().setName(name).build();
    }

    private CreateModelVersionRequest version(String model, String version) {
        return CreateModelVersionRequest.newBuilder()
                .setParent(model)
                .setModelVersion(Registry.version(model, version, suite.echo().address()))
                .build();
    }

    private static SetAliasRequest.Builder alias(String model) {
        return SetAliasRequest.newBuilder().setName(model).setAlias("stable").setVersion(Registry.VERSION);
    }

    private static ChatRequest.Builder chat() {
        return ChatRequest.newBuilder().setModel(EchoEngine.MODEL).addMessages(message("hello"));
    }

    private static ChatMessage.Builder message(String content) {
        return ChatMessage.newBuilder().setRole(ChatMessage.Role.ROLE_USER).setContent(content);
    }

    private static ChatRequest sampling(SamplingOptions.Builder options) {
        return chat().setSampling(options).build();
    }

    private RawCalls raw() {
        return new RawCalls(suite.grpc(Port.MODEL).channel(), suite.token(Role.MODEL_USER));
    }

    private static StatusRuntimeException failure(ThrowingCallable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call);
    }

    private static void assertRefused(StatusRuntimeException failure, String expected) {
        assertThat(failure).isNotNull();
        assertThat(GrpcFace.codeAndReason(failure)).isEqualTo(expected);
        assertThat(GrpcFace.errorInfo(failure))
                .hasValueSatisfying(info -> assertThat(info.getDomain()).isEqualTo("deepsuite.io"));
    }

    private void assertFailed(String id, String codeAndReason) {
        var event = suite.events().awaitOne(id);
        assertThat(event.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILURE);
        assertThat(event.getReason()).isEqualTo(codeAndReason.split(" / ", 2)[1]);
        assertThat(event.getActor().getName()).isEqualTo(Role.MODEL_USER.username());
    }
}
