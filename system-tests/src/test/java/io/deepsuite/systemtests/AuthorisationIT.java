package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.devstack.keycloak.TokenClient;
import io.deepsuite.systemtests.suite.Door;
import io.deepsuite.systemtests.suite.Https;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A certificate alone opens no door, and neither does a token that is not good here. Every refusal leaves an event. */
@ExtendWith(SuiteExtension.class)
class AuthorisationIT {

    private static final Map<Door, Role> RIGHT_ROLE = Map.of(
            Door.MODEL_REST, Role.MODEL_USER,
            Door.MODEL_GRPC, Role.MODEL_USER,
            Door.DATAPREP_GRPC, Role.DATA_ENGINEER,
            Door.MONITOR_GRPC, Role.SRE,
            Door.AUDIT_REST, Role.AUDITOR,
            Door.DEAD_LETTERS_REST, Role.SRE,
            Door.REPLAY_REST, Role.SRE,
            Door.ERASURES_REST, Role.PRIVACY_OFFICER);

    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

    private final Suite suite;

    AuthorisationIT(Suite suite) {
        this.suite = suite;
    }

    enum BadToken {
        GARBAGE,
        OPAQUE_LOOKING,
        TAMPERED,
        EXPIRED,
        FOR_ANOTHER_AUDIENCE,
        BOUND_TO_NO_CERTIFICATE
    }

    static Stream<Arguments> badTokens() {
        return Arrays.stream(Door.values())
                .flatMap(door -> Arrays.stream(BadToken.values()).map(token -> Arguments.of(door, token)));
    }

    static Stream<Arguments> wrongRoles() {
        return Arrays.stream(Door.values())
                .flatMap(door -> Arrays.stream(Role.values())
                        .filter(role -> role != RIGHT_ROLE.get(door))
                        .filter(role -> door != Door.DATAPREP_GRPC || role != Role.MODEL_USER)
                        .map(role -> Arguments.of(door, role)));
    }

    @ParameterizedTest
    @EnumSource
    void rightRoleOpens(Door door) {
        var reply = door.knock(suite, suite.application(), suite.token(RIGHT_ROLE.get(door)), id());

        assertThat(reply.reason()).isEmpty();
        assertThat(reply.code()).isIn("200", "OK");
    }

    @ParameterizedTest
    @EnumSource
    void noTokenIsRefused(Door door) {
        var id = id();

        var reply = door.knock(suite, suite.application(), "", id);

        assertUnauthenticated(reply, "TOKEN_MISSING");
        assertEvent(id, "TOKEN_MISSING", "demo-app");
    }

    @Test
    void schemeWithoutTokenIsNoToken() {
        var request = Https.request(suite.events().address("?limit=1")).header("Authorization", "Bearer ");

        var reply = Door.Reply.of(suite.https(suite.application()).send(request));

        assertUnauthenticated(reply, "TOKEN_MISSING");
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void badTokenIsRefused(Door door, BadToken kind) {
        var id = id();

        var reply = door.knock(suite, suite.application(), bad(kind, RIGHT_ROLE.get(door)), id);

        assertUnauthenticated(reply, "TOKEN_INVALID");
        assertEvent(id, "TOKEN_INVALID", "demo-app");
    }

    @ParameterizedTest
    @EnumSource
    void stolenTokenIsRefusedFromAnotherCertificateOfTheSameName(Door door) {
        var id = id();
        var thief = suite.stack().anotherIdentity("demo-app");

        var reply = door.knock(suite, thief, suite.token(RIGHT_ROLE.get(door)), id);

        assertUnauthenticated(reply, "TOKEN_INVALID");
        assertEvent(id, "TOKEN_INVALID", "demo-app");
    }

    @ParameterizedTest
    @EnumSource
    void tokenIsRefusedFromAWorkloadThatMayNotSpeakForPeople(Door door) {
        var id = id();
        Identity other = suite.stack().identity("monitor-agent");

        var reply = door.knock(suite, other, suite.token(RIGHT_ROLE.get(door)), id);

        assertUnauthenticated(reply, "TOKEN_INVALID");
        assertEvent(id, "TOKEN_INVALID", "monitor-agent");
    }

    @ParameterizedTest
    @MethodSource("wrongRoles")
    void wrongRoleIsRefused(Door door, Role role) {
        var id = id();

        var reply = door.knock(suite, suite.application(), suite.token(role), id);

        assertThat(reply.reason()).isEqualTo("ROLE_MISSING");
        assertThat(reply.code()).isIn("403", "PERMISSION_DENIED");
        assertEvent(id, "ROLE_MISSING", "demo-app");
        assertThat(suite.events().awaitOne(id).getActor().getName()).isEqualTo(role.username());
    }

    @ParameterizedTest
    @EnumSource
    void serviceAccountOfAWorkloadIsNoPerson(Door door) {
        var id = id();
        var model = suite.stack().identity("model-service");

        var reply = door.knock(suite, model, suite.stack().workloadToken("model-service"), id);

        assertThat(reply.reason()).isEqualTo("ROLE_MISSING");
        assertEvent(id, "ROLE_MISSING", "model-service");
    }

    private static void assertUnauthenticated(Door.Reply reply, String reason) {
        assertThat(reply.reason()).isEqualTo(reason);
        assertThat(reply.code()).isIn("401", "UNAUTHENTICATED");
    }

    private void assertEvent(String id, String reason, String workload) {
        var event = suite.events().awaitOne(id);
        assertThat(event.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILURE);
        assertThat(event.getReason()).isEqualTo(reason);
        assertThat(event.getActor().getWorkload()).isEqualTo(workload);
    }

    private String bad(BadToken kind, Role role) {
        return switch (kind) {
            case GARBAGE -> "garbage";
            case OPAQUE_LOOKING -> "a".repeat(32) + "." + "b".repeat(200) + "." + "c".repeat(86);
            case TAMPERED -> tampered(suite.token(role));
            case EXPIRED -> expired(role);
            case FOR_ANOTHER_AUDIENCE -> ofClient(TokenClient.OTHER_AUDIENCE, role);
            case BOUND_TO_NO_CERTIFICATE -> ofClient(TokenClient.UNBOUND, role);
        };
    }

    private String ofClient(String client, Role role) {
        return TOKENS.computeIfAbsent(client + role, _ -> suite.stack().token(role, suite.application(), client));
    }

    private String expired(Role role) {
        var token = ofClient(TokenClient.SHORT_LIVED, role);
        var payload = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        var end =
                Instant.ofEpochSecond(Https.json(payload).path("exp").asLong()).plusSeconds(1);
        await().atMost(Duration.ofSeconds(30)).until(() -> Instant.now().isAfter(end));
        return token;
    }

    /** The same token for another person; the signature no longer fits. */
    private static String tampered(String token) {
        var parts = token.split("\\.", -1);
        var payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("\"typ\":\"Bearer\"", "\"typ\":\"Bearer\",\"admin\":true");
        var changed = Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(StandardCharsets.UTF_8));
        return parts[0] + "." + changed + "." + parts[2];
    }

    private static String id() {
        return "door-" + UUID.randomUUID();
    }
}
