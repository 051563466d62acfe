package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.audit.v1.PersonalState;
import io.deepsuite.audit.v1.Phase;
import io.deepsuite.audit.v1.SealedPersonalFields;
import io.deepsuite.audit.v1.SubjectKey;
import io.deepsuite.devstack.kafka.KafkaSetup;
import io.deepsuite.devstack.keycloak.DemoUsers;
import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.systemtests.suite.Bytes;
import io.deepsuite.systemtests.suite.EchoEngine;
import io.deepsuite.systemtests.suite.HandMade;
import io.deepsuite.systemtests.suite.Https;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person can be forgotten, and the trail stays whole. */
@ExtendWith(SuiteExtension.class)
class ErasureIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String NAME = DemoUsers.TEST_PERSON;

    private final Suite suite;

    ErasureIT(Suite suite) {
        this.suite = suite;
    }

    @Test
    void anErasedPersonIsNowhereAndEverythingStillProves() throws IOException {
        // Given
        var event = ask();
        var personId = event.getActor().getId();
        assertThat(event.getActor().getName()).isEqualTo(NAME);
        assertThat(found(NAME)).contains(event.getId());
        assertThat(found(personId)).contains(event.getId());
        assertThat(traces()).noneMatch(trace -> trace.contains(NAME) || trace.contains(personId));
        var keyId = keyOf(event);
        var key = suite.topic().subjectKeys().get(keyId).orElseThrow();
        var late = endOfAnInterruptedChange(key);
        await().atMost(PATIENCE).until(() -> found(NAME).contains(late));
        assertThat(found(personId)).contains(late).doesNotHaveDuplicates();

        // When
        var id = "erasure-" + UUID.randomUUID();
        var answer = erase(personId, id);

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Https.json(answer).path("keysDestroyed").asInt()).isPositive();
        assertErased(event);
        assertThat(found(NAME)).isEmpty();
        assertThat(found(personId)).isEmpty();
        assertThat(suite.topic().subjectKeys().get(keyId)).isEmpty();
        assertTold(id, Https.json(answer), personId);
        assertProven(event);

        // and a key that is sent again, or late, does not bring the person back
        suite.topic().sendSubjectKey(keyId, key);
        await().atMost(PATIENCE)
                .until(() -> suite.topic().subjectKeys().get(keyId).isEmpty());
        assertErased(event);

        // and whoever asks again is told that nothing was left
        var again = erase(personId, "");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(Https.json(again).path("keysDestroyed").asInt()).isZero();
        assertThat(Https.json(again).path("subject"))
                .isEqualTo(Https.json(answer).path("subject"));
    }

    @Test
    void somebodyWhoNeverWasIsNotFound() {
        var answer = erase(UUID.randomUUID().toString(), "");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Https.json(answer).path("title").asText()).isEqualTo("SUBJECT_NOT_FOUND");
    }

    @Test
    void aRequestWithoutACaseIsRefusedWithoutRepeatingThePerson() {
        var answer = post("{\"actorId\":\"erika-in-person\",\"case\":\"the file of Erika\"}", "");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Https.json(answer).path("field").asText()).isEqualTo("case");
        assertThat(answer.body()).doesNotContain("rika");
    }

    private AuditEvent ask() {
        var id = "erased-" + UUID.randomUUID();
        suite.chat(suite.stack().testPersonToken()).plain(EchoEngine.MODEL, "remember me", id);
        suite.events().awaitOne(id + "/mask");
        return suite.events().awaitOne(id);
    }

    /**
     * A service crashed in the middle of a change of the person's, and came back three days later.
     *
     * @param key of the person
     * @return id of the event that says so
     */
    private String endOfAnInterruptedChange(byte[] key) throws InvalidProtocolBufferException {
        var crash = Instant.now().minus(Duration.ofDays(3));
        var source = new HandMade(suite, "late", () -> crash);
        var keyThen = SubjectKey.parseFrom(key).toBuilder()
                .setKeyId(UUID.randomUUID().toString())
                .setCreated(Timestamps.fromMillis(crash.toEpochMilli()))
                .build();
        suite.topic().sendSubjectKey(keyThen.getKeyId(), keyThen.toByteArray());
        var end = source.event(1).toBuilder()
                .setTime(Timestamps.fromMillis(System.currentTimeMillis()))
                .setOperation(Operation.OPERATION_UPDATE)
                .setPhase(Phase.PHASE_OUTCOME)
                .setOutcome(Outcome.OUTCOME_FAILURE)
                .setReason("UNKNOWN")
                .setPersonal(SealedPersonalFields.newBuilder().setKeyId(keyThen.getKeyId()));
        end.getActorBuilder().clearId().clearName();
        source.send(end.build());
        return end.getId();
    }

    private List<String> found(String actor) {
        return suite.events().all(Map.of("actor", actor)).stream()
                .map(AuditEvent::getId)
                .toList();
    }

    private HttpResponse<String> erase(String actorId, String requestId) {
        return post("{\"actorId\":\"%s\",\"case\":\"GDPR-2026-17\"}".formatted(actorId), requestId);
    }

    private HttpResponse<String> post(String body, String requestId) {
        var address = suite.stack().addresses().audit().resolve("/api/v1/subjects/erasures");
        var request = Https.request(address, suite.token(Role.PRIVACY_OFFICER))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return suite.https().send(requestId.isEmpty() ? request : request.header("x-request-id", requestId));
    }

    /** Everything that is stored or on its way: databases, topics, journals. */
    private List<String> traces() throws IOException {
        var traces = new ArrayList<>(suite.databases().everything());
        traces.addAll(suite.topic().everything(KafkaSetup.AUDIT_TOPIC));
        suite.topic()
                .subjectKeys()
                .values()
                .forEach(value -> value.map(Bytes::asText).ifPresent(traces::add));
        for (var service : List.of(Component.MODEL_SERVICE, Component.DATAPREP_SERVICE, Component.AUDIT_SERVICE)) {
            var journal = suite.stack().directory().data(service).resolve("journal");
            try (var files = Files.list(journal)) {
                for (var file : files.filter(name -> name.toString().endsWith(".segment"))
                        .toList()) {
                    traces.add(Bytes.asText(Files.readAllBytes(file)));
                }
            }
        }
        return traces;
    }

    private String keyOf(AuditEvent event) {
        return bundled(event).getPersonal().getKeyId();
    }

    private AuditEvent bundled(AuditEvent event) {
        var bundle = suite.logs().body("audit-events/" + event.getId() + "/bundle");
        return bundle.lines()
                .map(Https::json)
                .filter(line -> line.has("event"))
                .map(line -> parse(Base64.getDecoder().decode(line.path("event").asText())))
                .filter(one -> one.getId().equals(event.getId()))
                .findFirst()
                .orElseThrow();
    }

    private static AuditEvent parse(byte[] bytes) {
        try {
            return AuditEvent.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertErased(AuditEvent event) {
        var shown = suite.events().awaitOne(event.getRequestId());
        assertThat(shown.getActor().getPersonalState()).isEqualTo(PersonalState.PERSONAL_STATE_ERASED);
        assertThat(shown.getActor().getId()).isEmpty();
        assertThat(shown.getActor().getName()).isEmpty();
        assertThat(shown.getActor().getSourceAddress()).isEmpty();
        assertThat(shown.getActor().getWorkload()).isEqualTo("demo-app");
        assertThat(shown.getInference()).isEqualTo(event.getInference());
        assertThat(shown.getId()).isEqualTo(event.getId());
    }

    private void assertTold(String requestId, JsonNode answer, String personId) {
        var told = suite.events().awaitOne(requestId);
        assertThat(told.getAction()).isEqualTo("subject.erase");
        assertThat(told.getOperation()).isEqualTo(Operation.OPERATION_DELETE);
        assertThat(told.getActor().getName()).isEqualTo(Role.PRIVACY_OFFICER.username());
        assertThat(told.getResource().getId()).isEqualTo(answer.path("subject").asText());
        assertThat(told.getAttributesOrThrow("case")).isEqualTo("GDPR-2026-17");
        assertThat(told.toString()).doesNotContain(NAME, personId);
    }

    private void assertProven(AuditEvent event) {
        var one = suite.logs().body("audit-events/" + event.getId() + "/bundle");
        assertThat(suite.verifier().verify(one, "--part"))
                .satisfies(result ->
                        assertThat(result.exitCode()).as(result.text()).isZero());
        var sealed = bundled(event);
        assertThat(sealed.getActor().getName()).isEmpty();
        assertThat(Optional.of(sealed.getPersonal().getSealed())).isNotEmpty();
    }
}
