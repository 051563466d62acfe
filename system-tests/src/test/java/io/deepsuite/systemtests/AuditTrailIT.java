package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.audit.v1.Phase;
import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.devstack.layout.Installation;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.model.v1.CreateModelRequest;
import io.deepsuite.model.v1.Model;
import io.deepsuite.model.v1.ModelRegistryGrpc;
import io.deepsuite.systemtests.suite.Chat;
import io.deepsuite.systemtests.suite.EchoEngine;
import io.deepsuite.systemtests.suite.Golden;
import io.deepsuite.systemtests.suite.GrpcFace;
import io.deepsuite.systemtests.suite.Https;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every operation leaves exactly one event that says who did what to what, and how it ended. */
@ExtendWith(SuiteExtension.class)
class AuditTrailIT {

    private static final String SHA256 = "[0-9a-f]{64}";

    private final Suite suite;

    AuditTrailIT(Suite suite) {
        this.suite = suite;
    }

    @Test
    void eventOfAnAnswerSaysWhoAskedWhatAndHowItEnded() throws Exception {
        // Given
        var id = "answered-" + UUID.randomUUID();
        var title = Golden.titles(1).getFirst();

        // When
        var answer = suite.chat().plain(Suite.DEMO_MODEL, title.chinese(), id);

        // Then
        var event = suite.events().awaitOne(id);
        assertThat(event.getOperation()).isEqualTo(Operation.OPERATION_READ);
        assertThat(event.getAction()).isEqualTo("inference.chat");
        assertThat(event.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCESS);
        assertThat(event.getReason()).isEqualTo("OK");
        assertThat(event.getTenant()).isEqualTo("default");
        assertThat(event.getTraceId()).matches("[0-9a-f]{32}");
        assertThat(event.getDuration().getSeconds() + event.getDuration().getNanos())
                .isPositive();
        assertThat(Timestamps.isValid(event.getTime())).isTrue();
        assertActor(event);
        assertResource(event);
        assertInference(event, answer.text(), answer.completionTokens());
        assertSource(event);
    }

    private void assertActor(AuditEvent event) throws Exception {
        var actor = event.getActor();
        assertThat(actor.getType()).isEqualTo(ActorType.ACTOR_TYPE_USER);
        assertThat(actor.getId()).isNotEmpty();
        assertThat(actor.getName()).isEqualTo(Role.MODEL_USER.username());
        assertThat(actor.getClientId()).isEqualTo("deepsuite-cli");
        assertThat(actor.getWorkload()).isEqualTo("demo-app");
        assertThat(actor.getWorkloadCertificateSha256())
                .isEqualTo(sha256(suite.application().x509().getEncoded()));
        assertThat(actor.getSourceAddress()).isEqualTo("127.0.0.1");
    }

    private static void assertResource(AuditEvent event) throws Exception {
        var file = Installation.find().models().resolve("tiny-translate-1.0.0-q8_0.gguf");
        assertThat(event.getResource().getType()).isEqualTo("model");
        assertThat(event.getResource().getId()).isEqualTo(Suite.DEMO_MODEL);
        assertThat(event.getResource().getVersion()).isEqualTo("1.0.0");
        assertThat(event.getResource().getDigest()).isEqualTo(sha256(Files.readAllBytes(file)));
    }

    private void assertInference(AuditEvent event, String answer, long completionTokens) throws Exception {
        var inference = event.getInference();
        assertThat(inference.getInputHmac()).matches(SHA256);
        assertThat(inference.getKeyId()).isNotEmpty();
        assertThat(inference.getOutputSha256()).isEqualTo(sha256(answer.getBytes(StandardCharsets.UTF_8)));
        assertThat(inference.getFinishReason()).isEqualTo("stop");
        assertThat(inference.getPromptTokens()).isPositive();
        assertThat((long) inference.getCompletionTokens()).isEqualTo(completionTokens);
        assertThat(inference.getArm()).isEqualTo("stable");
        assertThat(inference.getCacheLevel()).isEqualTo("none");
        assertThat(inference.getEngine()).isEqualTo("127.0.0.1:" + suite.number(Port.ENGINE_STABLE));
    }

    private static void assertSource(AuditEvent event) {
        assertThat(UUID.fromString(event.getId()).version()).isEqualTo(7);
        assertThat(event.getSource().getService()).isEqualTo("model-service");
        assertThat(event.getSource().getInstance()).isNotEmpty();
        assertThat(event.getSource().getBoot()).isPositive();
        assertThat(event.getSource().getSequence()).isPositive();
        assertThat(event.getSource().getNamespace()).isNotEmpty();
    }

    @Test
    void eachFaceLeavesOneEvent() {
        // Given
        var id = "faces-" + UUID.randomUUID();
        var chat = suite.chat();

        // When
        chat.streamed(EchoEngine.MODEL, "one", id + "-streamed");
        chat.overGrpc(EchoEngine.MODEL, "two", id + "-chat");
        chat.generated(EchoEngine.MODEL, "three", id + "-generate");

        // Then
        assertThat(suite.events().awaitOne(id + "-streamed").getAction()).isEqualTo("inference.chat");
        assertThat(suite.events().awaitOne(id + "-chat").getAction()).isEqualTo("inference.chat");
        assertThat(suite.events().awaitOne(id + "-generate").getAction()).isEqualTo("inference.generate");
    }

    @Test
    void sameInputHasTheSameKeyedHashThatNobodyElseCanCompute() throws GeneralSecurityException {
        // Given
        var id = "hash-" + UUID.randomUUID();
        var prompt = "the same words";

        // When
        suite.chat().plain(EchoEngine.MODEL, prompt, id + "-1");
        suite.chat().plain(EchoEngine.MODEL, prompt, id + "-2");
        suite.chat().plain(EchoEngine.MODEL, "other words", id + "-3");

        // Then
        var hashes = List.of(hash(id + "-1"), hash(id + "-2"), hash(id + "-3"));
        assertThat(hashes.get(1)).isEqualTo(hashes.get(0));
        assertThat(hashes.get(2)).isNotEqualTo(hashes.get(0));
        assertThat(hashes).doesNotContain(sha256(prompt.getBytes(StandardCharsets.UTF_8)));
    }

    private String hash(String requestId) {
        return suite.events().awaitOne(requestId).getInference().getInputHmac();
    }

    @Test
    void maskingIsTracedAsAChildOfTheRequestOnBehalfOfTheSamePerson() {
        // Given
        var id = "parent-" + UUID.randomUUID();

        // When
        suite.chat().plain(EchoEngine.MODEL, "call 13912345678", id);

        // Then
        var parent = suite.events().awaitOne(id);
        var child = suite.events().awaitOne(id + "/mask");
        assertThat(child.getAction()).isEqualTo("text.mask");
        assertThat(child.getSource().getService()).isEqualTo("dataprep-service");
        assertThat(child.getTraceId()).isEqualTo(parent.getTraceId());
        assertThat(child.getActor().getId()).isEqualTo(parent.getActor().getId());
        assertThat(child.getActor().getWorkload()).isEqualTo("model-service");
    }

    @Test
    void traceOfTheCallerIsContinued() {
        // Given
        var id = "traced-" + UUID.randomUUID();
        var trace = UUID.randomUUID().toString().replace("-", "");

        // When
        suite.https()
                .send(Https.request(suite.chat().address(), suite.token(Role.MODEL_USER))
                        .header("x-request-id", id)
                        .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                        .POST(HttpRequest.BodyPublishers.ofString(Https.text(Chat.body(EchoEngine.MODEL, "traced")))));

        // Then
        assertThat(suite.events().awaitOne(id).getTraceId()).isEqualTo(trace);
    }

    @Test
    void changeOfTheRegistryIsOneEvent() {
        // Given
        var id = "created-" + UUID.randomUUID();
        var model = "audited-" + UUID.randomUUID().toString().substring(0, 8);

        // When
        createModel(model, id);

        // Then
        var event = suite.events().awaitOne(id);
        assertThat(event.getOperation()).isEqualTo(Operation.OPERATION_CREATE);
        assertThat(event.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCESS);
        assertThat(event.getResource().getId()).contains(model);
        assertThat(event.getActor().getName()).isEqualTo(Role.MODEL_ADMIN.username());
    }

    private void createModel(String model, String requestId) {
        GrpcFace.as(
                        ModelRegistryGrpc.newBlockingStub(suite.grpc(Port.MODEL).channel()),
                        suite.token(Role.MODEL_ADMIN),
                        requestId)
                .createModel(CreateModelRequest.newBuilder()
                        .setModel(Model.newBuilder().setName("models/" + model))
                        .build());
    }

    /** Both records are in the topic, the intent first; who asks sees one. */
    @Test
    void changeOfTheRegistryIsAnnouncedBeforeItHappens() {
        // Given
        var id = "announced-" + UUID.randomUUID();
        var model = "announced-" + UUID.randomUUID().toString().substring(0, 8);

        // When
        createModel(model, id);

        // Then
        var outcome = suite.events().awaitOne(id);
        assertThat(suite.topic().events())
                .filteredOn(event -> event.getRequestId().equals(id))
                .satisfiesExactly(
                        intent -> {
                            assertThat(intent.getPhase()).isEqualTo(Phase.PHASE_INTENT);
                            assertThat(intent.getId()).isEqualTo(outcome.getId());
                            assertThat(intent.getOutcome()).isEqualTo(Outcome.OUTCOME_UNSPECIFIED);
                            assertThat(intent.getResource().getId()).isEqualTo(model);
                            assertThat(intent.getActor().getName()).isEmpty();
                            assertThat(intent.getPersonal().getKeyId()).isNotEmpty();
                        },
                        end -> assertThat(withoutPerson(end)).isEqualTo(withoutPerson(outcome)));
        assertThat(outcome.getActor().getName()).isEqualTo(Role.MODEL_ADMIN.username());
    }

    /** The API opens what is sealed in the topic. */
    private static AuditEvent withoutPerson(AuditEvent event) {
        var open = event.toBuilder().clearPersonal();
        open.getActorBuilder().clearId().clearName().clearSourceAddress().clearSessionId();
        return open.build();
    }

    @Test
    void readingTheAuditLogIsAudited() {
        // Given
        var id = "read-" + UUID.randomUUID();

        // When
        suite.https()
                .send(Https.request(suite.events().address("?limit=1"), suite.token(Role.AUDITOR))
                        .header("x-request-id", id));

        // Then
        var event = suite.events().awaitOne(id);
        assertThat(event.getSource().getService()).isEqualTo("audit-service");
        assertThat(event.getResource().getType()).isEqualTo("audit-event");
        assertThat(event.getActor().getName()).isEqualTo(Role.AUDITOR.username());
    }

    @Test
    void filtersNarrowAndPagesJoinWithoutGapOrRepetition() {
        // Given
        var id = "paged-" + UUID.randomUUID();
        var since = Instant.now();
        for (int i = 0; i < 5; i++) {
            suite.chat().plain(EchoEngine.MODEL, "page " + i, id + "-" + i);
        }
        for (int i = 0; i < 5; i++) {
            suite.events().awaitOne(id + "-" + i);
        }
        var filters = Map.of(
                "from", since.toString(),
                "actor", Role.MODEL_USER.username(),
                "operation", "READ",
                "action", "inference.chat",
                "resourceType", "model",
                "resourceId", EchoEngine.MODEL,
                "outcome", "SUCCESS");

        // When
        var whole = suite.events().all(filters);
        var paged = suite.events().pagesOf(2, filters);

        // Then
        assertThat(whole).extracting(AuditEvent::getRequestId).contains(id + "-0", id + "-4");
        assertThat(whole).allSatisfy(event -> {
            assertThat(event.getResource().getId()).isEqualTo(EchoEngine.MODEL);
            assertThat(event.getActor().getName()).isEqualTo(Role.MODEL_USER.username());
        });
        assertThat(paged).isEqualTo(whole);
    }

    @Test
    void contractOfTheQueryIsPublished() throws IOException {
        var response = suite.https()
                .sendOrFail(Https.request(
                                suite.stack().addresses().audit().resolve("/api/v1/openapi"), suite.token(Role.AUDITOR))
                        .header("Accept", "application/json"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Https.json(response).path("paths").has("/api/v1/audit-events"))
                .isTrue();
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
