package io.deepsuite.journal.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.audit.v1.Phase;
import io.deepsuite.journal.scope.RecordingJournal.Mode;
import io.deepsuite.servicekit.testing.TestIdentities;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@QuarkusTest
@WithTestResource(TestIdentities.class)
@SuppressWarnings("NullAway.Init") // set by Quarkus
class RestAuditFiltersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().sslContext(TestIdentities.tls("demo-app")).build();

    @TestHTTPResource(value = "/", tls = true)
    URI base;

    @Inject
    RecordingJournal journal;

    @BeforeEach
    void reset() {
        journal.reset(Mode.WRITES);
    }

    @Test
    void writesOneEventForAnAnsweredCall() throws Exception {
        var answer = get("scripted/plain/t1", auditor());

        assertThat(answer.statusCode()).isEqualTo(200);
        var event = onlyEvent();
        assertThat(event.getOperation()).isEqualTo(Operation.OPERATION_READ);
        assertThat(event.getAction()).isEqualTo("thing.get");
        assertThat(event.getResource().getType()).isEqualTo("thing");
        assertThat(event.getResource().getId()).isEqualTo("t1");
        assertThat(event.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCESS);
        assertThat(event.getRequestId()).isEqualTo("rest-1");
        assertThat(event.getActor().getName()).isEqualTo("alice");
        assertThat(event.getActor().getWorkload()).isEqualTo("demo-app");

        journal.reset(Mode.WRITES);
        assertThat(get("scripted/reactive", auditor()).body()).isEqualTo("reactive");
        assertThat(onlyEvent().getReason()).isEqualTo("OK");
    }

    @Test
    void holdsTheAnswerUntilTheEventIsDurable() {
        journal.reset(Mode.HOLDS);
        var answer = CLIENT.sendAsync(request("scripted/plain/held", auditor()).build(), BodyHandlers.ofString());
        await().atMost(PATIENCE).until(() -> journal.events().size() == 1);

        assertThat(answer).isNotDone();
        journal.release();
        await().atMost(PATIENCE).until(answer::isDone);
        assertThat(answer.join().body()).isEqualTo("held");
        assertThat(journal.events()).hasSize(1);
    }

    @Test
    void refusesTheAnswerWhenTheEventCannotBeWritten() throws Exception {
        journal.reset(Mode.BREAKS);

        var answer = get("scripted/plain/secret", auditor());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("AUDIT_UNAVAILABLE").doesNotContain("secret");
        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("application/problem+json");
    }

    /** The action is one of {@code deepsuite.journal.fail-open-reads}. */
    @Test
    void servesAReadThatMayGoUnauditedAndTellsOfItLater() throws Exception {
        journal.reset(Mode.BREAKS);

        var answer = get("scripted/open", auditor());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("open");
        assertThat(journal.events()).isEmpty();
        journal.reset(Mode.WRITES);
        await().atMost(PATIENCE).until(() -> !journal.events().isEmpty());
        assertThat(onlyEvent().getAction()).isEqualTo("journal.unaudited");
        assertThat(onlyEvent().getAttributesMap()).containsEntry("model_get", "1");
    }

    @Test
    void writesAnEventForEachCallThoughTheirRequestIdsAreTheSame() throws Exception {
        get("scripted/plain/t1", auditor());
        get("scripted/plain/t1", auditor());

        assertThat(journal.events())
                .hasSize(2)
                .extracting(AuditEvent::getRequestId)
                .containsOnly("rest-1");
        assertThat(journal.events()).extracting(AuditEvent::getId).doesNotHaveDuplicates();
    }

    @Test
    void changesNothingBeforeTheIntentIsDurable() {
        // Given
        journal.reset(Mode.HOLDS);

        // When
        var answer = CLIENT.sendAsync(
                request("scripted", auditor())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\":\"held\"}"))
                        .build(),
                BodyHandlers.ofString());

        // Then
        await().atMost(PATIENCE).until(() -> journal.events().size() == 1);
        var intent = onlyEvent();
        assertThat(intent.getPhase()).isEqualTo(Phase.PHASE_INTENT);
        assertThat(intent.getOutcome()).isEqualTo(Outcome.OUTCOME_UNSPECIFIED);
        assertThat(intent.getReason()).isEmpty();
        assertThat(intent.getOperation()).isEqualTo(Operation.OPERATION_CREATE);
        assertThat(intent.getResource().getId()).isEqualTo("held");
        assertThat(intent.getActor().getName()).isEqualTo("alice");
        assertThat(intent.getRequestId()).isEqualTo("rest-1");
        assertThat(ScriptedResource.CREATED).doesNotContain("held");
        journal.release();
        await().atMost(PATIENCE).until(() -> journal.events().size() == 2);
        var outcome = journal.events().getLast();
        assertThat(outcome.getId()).isEqualTo(intent.getId());
        assertThat(outcome.getPhase()).isEqualTo(Phase.PHASE_OUTCOME);
        assertThat(outcome.getReason()).isEqualTo("OK");
        assertThat(ScriptedResource.CREATED).contains("held");
        assertThat(answer).isNotDone();
        journal.release();
        await().atMost(PATIENCE).until(answer::isDone);
        assertThat(answer.join().statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAChangeThatCannotBeAnnounced() throws Exception {
        journal.reset(Mode.BREAKS);

        var answer = post("{\"name\":\"refused\"}");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("AUDIT_UNAVAILABLE");
        assertThat(ScriptedResource.CREATED).doesNotContain("refused");
    }

    @Test
    void writesDeniedCalls() throws Exception {
        assertThat(get("scripted/plain/x", null).statusCode()).isEqualTo(401);
        assertFailureEvent("TOKEN_MISSING");
        assertThat(onlyEvent().getActor().getId()).isEqualTo("demo-app");

        journal.reset(Mode.WRITES);
        assertThat(get("scripted/plain/x", "garbage").statusCode()).isEqualTo(401);
        assertFailureEvent("TOKEN_INVALID");

        journal.reset(Mode.WRITES);
        assertThat(get("scripted/plain/x", TestIdentities.token("demo-app", "sre"))
                        .statusCode())
                .isEqualTo(403);
        assertFailureEvent("ROLE_MISSING");
        assertThat(onlyEvent().getAction()).isEqualTo("thing.get");
        assertThat(onlyEvent().getActor().getName()).isEqualTo("alice");
    }

    @Test
    void writesMalformedAndOverlongBodies() throws Exception {
        assertThat(post("{").statusCode()).isEqualTo(400);
        assertFailureEvent("BODY_MALFORMED");

        journal.reset(Mode.WRITES);
        assertThat(post("{\"name\":\"a\",\"more\":1}").statusCode()).isEqualTo(400);
        assertFailureEvent("FIELD_UNKNOWN");

        journal.reset(Mode.WRITES);
        assertThat(post("{\"name\":\"" + "x".repeat(70_000) + "\"}").statusCode())
                .isEqualTo(413);
        assertFailureEvent("BODY_TOO_LARGE");
    }

    @Test
    void writesFailingCalls() throws Exception {
        assertThat(get("scripted/fail", auditor()).statusCode()).isEqualTo(404);
        assertFailureEvent("AUDIT_EVENT_NOT_FOUND");

        journal.reset(Mode.WRITES);
        var crash = get("scripted/crash", auditor());
        assertThat(crash.statusCode()).isEqualTo(500);
        assertThat(crash.body()).doesNotContain("inside detail");
        assertFailureEvent("INTERNAL");
    }

    @Test
    void writesCallsThatTookTooLong() throws Exception {
        var answer = get("scripted/late", auditor());

        assertThat(answer.statusCode()).isEqualTo(504);
        assertFailureEvent("TIMEOUT");
    }

    @Test
    void takesTheActorFromTheTokenAndTheCertificateWhateverHeadersSay() throws Exception {
        // Given
        var request = request("scripted/plain/t1", auditor());
        ForgedHeaders.ALL.forEach(request::header);

        // When
        var answer = CLIENT.send(request.build(), BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(onlyEvent().getActor()).isEqualTo(ForgedHeaders.TRUE_ACTOR);
        assertThat(onlyEvent().getTenant()).isEqualTo("acme");
    }

    @ParameterizedTest
    @FieldSource("io.deepsuite.journal.scope.ForgedHeaders#OTHER_AUTHORIZATIONS")
    void namesTheWorkloadAloneWhereNoTokenIsValid(String authorization) throws Exception {
        // Given
        var request = request("scripted/plain/t1", null).header("Authorization", authorization);

        // When
        var answer = CLIENT.send(request.build(), BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(onlyEvent().getActor().getType()).isEqualTo(ActorType.ACTOR_TYPE_UNSPECIFIED);
        assertThat(onlyEvent().getActor().getId()).isEqualTo("demo-app");
        assertThat(onlyEvent().getActor().getSessionId()).isEmpty();
        assertThat(onlyEvent().toString()).doesNotContain("mallory");
    }

    /** A service that acts on behalf of a person: the token was issued to another client than the workload. */
    @Test
    void keepsThePersonAndTheWorkloadWhereTheyDiffer() throws Exception {
        try (var client = HttpClient.newBuilder()
                .sslContext(TestIdentities.tls("model-service"))
                .build()) {
            // When
            var answer = client.send(request("scripted/plain/t1", auditor()).build(), BodyHandlers.ofString());

            // Then
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(onlyEvent().getActor()).isEqualTo(ForgedHeaders.actor("model-service"));
        }
    }

    @Test
    void leavesTheOutcomeOfAStreamToItsMethod() throws Exception {
        var answer = get("scripted/stream", auditor());

        assertThat(answer.body()).contains("data:one").contains("data:two");
        assertThat(onlyEvent().getReason()).isEqualTo("OK");
        assertThat(onlyEvent().getAttributesMap()).containsEntry("item_count", "2");
    }

    @Test
    void writesStreamsWhoseCallerWentAway() throws Exception {
        try (var client = HttpClient.newBuilder()
                .sslContext(TestIdentities.tls("demo-app"))
                .build()) {
            var answer = client.send(request("scripted/endless", auditor()).build(), BodyHandlers.ofInputStream());
            assertThat(answer.body().read()).isPositive();
            assertThat(journal.events()).isEmpty();

            client.shutdownNow();
        }

        await().atMost(PATIENCE).until(() -> journal.events().size() == 1);
        assertFailureEvent("CANCELLED");
        await().atMost(PATIENCE).until(ScriptedResource.STREAM_CANCELLED::get);
    }

    @Test
    void endsAnOutputWhenAllOfItIsWrittenAndBeforeTheAnswerIs() throws Exception {
        journal.reset(Mode.HOLDS);
        var answer = CLIENT.sendAsync(request("scripted/output", auditor()).build(), BodyHandlers.ofString());
        await().atMost(PATIENCE).until(() -> journal.events().size() == 1);

        assertThat(answer).isNotDone();
        journal.release();
        await().atMost(PATIENCE).until(answer::isDone);
        assertThat(answer.join().body()).hasSize(1 << 18);
        assertThat(onlyEvent().getReason()).isEqualTo("OK");
    }

    @Test
    void breaksAnOutputWhoseEventCannotBeWritten() {
        journal.reset(Mode.BREAKS);

        assertThatThrownBy(() -> get("scripted/output", auditor())).isInstanceOf(IOException.class);
    }

    @Test
    void writesOutputsThatBreak() {
        assertThatThrownBy(() -> get("scripted/broken-output", auditor())).isInstanceOf(IOException.class);

        await().atMost(PATIENCE).until(() -> journal.events().size() == 1);
        assertFailureEvent("DATABASE_UNAVAILABLE");
    }

    @Test
    void writesOutputsWhoseCallerWentAway() throws Exception {
        try (var client = HttpClient.newBuilder()
                .sslContext(TestIdentities.tls("demo-app"))
                .build()) {
            var answer =
                    client.send(request("scripted/endless-output", auditor()).build(), BodyHandlers.ofInputStream());
            assertThat(answer.body().read()).isPositive();
            assertThat(journal.events()).isEmpty();

            client.shutdownNow();
        }

        await().atMost(PATIENCE).until(() -> journal.events().size() == 1);
        assertFailureEvent("CANCELLED");
    }

    @Test
    void endsOutputsThatLeaveTheirEndToTheFilters() throws Exception {
        assertThat(get("scripted/plain-output", auditor()).body()).hasSize(1 << 18);

        await().atMost(PATIENCE).until(() -> journal.events().size() == 1);
        assertThat(onlyEvent().getReason()).isEqualTo("OK");
    }

    @Test
    void leavesMethodsWithoutDeclarationAlone() throws Exception {
        assertThat(get("scripted/unaudited", auditor()).statusCode()).isEqualTo(200);
        assertThat(journal.events()).isEmpty();
    }

    private void assertFailureEvent(String reason) {
        assertThat(onlyEvent().getOutcome()).isEqualTo(Outcome.OUTCOME_FAILURE);
        assertThat(onlyEvent().getReason()).isEqualTo(reason);
    }

    private AuditEvent onlyEvent() {
        assertThat(journal.events()).hasSize(1);
        return journal.events().getFirst();
    }

    private static String auditor() {
        return TestIdentities.token("demo-app", "auditor");
    }

    private HttpResponse<String> get(String path, @Nullable String token) throws IOException, InterruptedException {
        return CLIENT.send(request(path, token).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return CLIENT.send(
                request("scripted", auditor())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        var request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).header("x-request-id", "rest-1");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }
}
