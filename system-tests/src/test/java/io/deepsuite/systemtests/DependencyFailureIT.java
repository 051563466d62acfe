package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.systemtests.suite.Chat;
import io.deepsuite.systemtests.suite.EchoEngine;
import io.deepsuite.systemtests.suite.Golden;
import io.deepsuite.systemtests.suite.GrpcFace;
import io.deepsuite.systemtests.suite.Https;
import io.deepsuite.systemtests.suite.Plain;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a caller sees when something beside the service it calls is down. */
@ExtendWith(SuiteExtension.class)
class DependencyFailureIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Suite suite;

    DependencyFailureIT(Suite suite) {
        this.suite = suite;
    }

    @Test
    void deadEngineIsRefusedOrRetriedUntilItsSupervisorHasReplacedIt() {
        // Given
        var title = Golden.titles(1).getFirst();
        var dead = suite.stack().process(Component.LOCAL_ENGINE_STABLE).orElseThrow();

        // When
        suite.stack().kill(Component.LOCAL_ENGINE_STABLE);
        var response = suite.chat().post(Https.text(Chat.body(Suite.DEMO_MODEL, title.chinese())), "");

        // Then
        assertThat(response.statusCode()).isIn(200, 503);
        if (response.statusCode() == 503) {
            assertThat(Https.json(response).at("/error/code").asText()).isEqualTo("engine_unavailable");
        }
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> suite.chat()
                        .plain(Suite.DEMO_MODEL, title.chinese(), "")
                        .text()
                        .equals(title.english()));
        assertThat(suite.stack().process(Component.LOCAL_ENGINE_STABLE))
                .hasValueSatisfying(process -> assertThat(process.pid()).isNotEqualTo(dead.pid()));
    }

    @Test
    void engineThatFailsFiveTimesInARowIsLeftAloneUntilItIsBack() throws IOException {
        // Given
        var title = Golden.titles(1).getFirst();
        suite.stack().stop(Component.ENGINE_SUPERVISOR);
        try {
            for (int i = 0; i < 5; i++) {
                assertNoEngine(title.chinese());
            }

            // When
            try (var listener =
                    new ServerSocket(suite.number(Port.ENGINE_STABLE), 50, InetAddress.getLoopbackAddress())) {
                assertNoEngine(title.chinese());

                // Then
                listener.setSoTimeout(1);
                assertThatThrownBy(listener::accept).as("nobody has called").isInstanceOf(SocketTimeoutException.class);
            }
        } finally {
            suite.stack().start(Component.ENGINE_SUPERVISOR);
        }
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> suite.chat()
                        .plain(Suite.DEMO_MODEL, title.chinese(), "")
                        .text()
                        .equals(title.english()));
    }

    private void assertNoEngine(String text) {
        var response = suite.chat().post(Https.text(Chat.body(Suite.DEMO_MODEL, text)), "");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(Https.json(response).at("/error/code").asText()).isEqualTo("engine_unavailable");
    }

    @Test
    void withoutDataPrepNothingReachesTheEngine() {
        // Given
        var id = "unmasked-" + UUID.randomUUID();
        var body = Https.text(Chat.body(EchoEngine.MODEL, "call 13712345678 " + id));
        suite.stack().stop(Component.DATAPREP_SERVICE);

        // When
        try {
            var response = suite.chat().post(body, id + "-rest");
            var failure = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> suite.chat().overGrpc(EchoEngine.MODEL, "call 13712345678 " + id, id + "-grpc"));

            // Then
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(Https.json(response).at("/error/code").asText()).isEqualTo("masking_unavailable");
            assertThat(GrpcFace.codeAndReason(failure)).isEqualTo("UNAVAILABLE / MASKING_UNAVAILABLE");
            assertThat(suite.echo().receivedWith(id)).isEmpty();
        } finally {
            suite.stack().start(Component.DATAPREP_SERVICE);
        }
        assertFailed(id + "-rest", "MASKING_UNAVAILABLE");
        assertFailed(id + "-grpc", "MASKING_UNAVAILABLE");
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> suite.chat()
                        .plain(EchoEngine.MODEL, "masked again", "")
                        .text()
                        .equals("masked again"));
    }

    private void assertFailed(String requestId, String reason) {
        var event = suite.events().awaitOne(requestId);
        assertThat(event.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILURE);
        assertThat(event.getReason()).isEqualTo(reason);
    }

    @Test
    void tokensAreStillVerifiedWithoutKeycloak() {
        // Given
        var chat = suite.chat();
        var events = suite.events();
        events.of("tokens are fetched while they can be");
        suite.stack().stop(Component.KEYCLOAK);

        // When
        try {
            var id = "without-keycloak-" + UUID.randomUUID();
            var answer = chat.plain(EchoEngine.MODEL, "who am I", id);
            var refused = suite.https().send(Https.request(chat.address(), "not a token"));

            // Then
            assertThat(answer.text()).isEqualTo("who am I");
            assertThat(refused.statusCode()).isIn(401, 405);
            assertThat(events.awaitOne(id).getActor().getName()).isNotEmpty();
        } finally {
            suite.stack().start(Component.KEYCLOAK);
        }
    }

    @Test
    void answersGoOnWithoutTheDatabaseAndTheirEventsArriveOnceItIsBack() {
        // Given
        var id = "without-database-" + UUID.randomUUID();
        suite.chat().plain(EchoEngine.MODEL, "before", id + "-before");
        suite.stack().stop(Component.POSTGRES);

        // When
        try {
            var answer = suite.chat().plain(EchoEngine.MODEL, "meanwhile", id + "-meanwhile");
            var query = suite.events().query(Map.of("requestId", id + "-meanwhile"));

            // Then
            assertThat(answer.text()).isEqualTo("meanwhile");
            assertThat(query.statusCode()).isEqualTo(503);
            assertThat(query.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
            assertThat(Https.json(query).path("title").asText()).isEqualTo("DATABASE_UNAVAILABLE");
            var probes = suite.stack().addresses().management(Component.AUDIT_SERVICE);
            await().atMost(PATIENCE)
                    .until(() -> Plain.get(probes.resolve("/ready")).statusCode() == 503);
            assertThat(Plain.get(probes.resolve("/live")).statusCode())
                    .as("a restart would not bring the database back")
                    .isEqualTo(200);
            assertThat(Plain.get(probes.resolve("/started")).statusCode()).isEqualTo(200);
        } finally {
            suite.stack().start(Component.POSTGRES);
        }
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            assertThat(suite.events().of(id + "-before")).hasSize(1);
            assertThat(suite.events().of(id + "-meanwhile")).hasSize(1);
        });
    }
}
