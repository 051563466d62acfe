package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.systemtests.suite.Https;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who calls too often is told when to come back, and leaves an audit event; others are served. */
@ExtendWith(SuiteExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditLimitIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Suite suite;

    AuditLimitIT(Suite suite) {
        this.suite = suite;
    }

    @BeforeAll
    void lowerTheLimits() {
        suite.stack().stop(Component.AUDIT_SERVICE);
        suite.stackWith(
                        Component.AUDIT_SERVICE,
                        Map.of(
                                "DEEPSUITE_AUDIT_LIMIT_CALLS_PER_SECOND", "1",
                                "DEEPSUITE_AUDIT_LIMIT_CALL_BURST", "2",
                                "DEEPSUITE_AUDIT_LIMIT_EXPORTS_PER_HOUR", "1"))
                .start(Component.AUDIT_SERVICE);
    }

    @AfterAll
    void liftThem() {
        suite.stack().stop(Component.AUDIT_SERVICE);
        suite.stack().start(Component.AUDIT_SERVICE);
    }

    @Test
    void refusesTheCallThatIsOneTooMany() {
        // Given
        var id = "limited-" + UUID.randomUUID();

        // When
        HttpResponse<String> answer;
        do {
            answer = get("/api/v1/audit-sources", Role.AUDITOR, id);
        } while (answer.statusCode() == 200);

        // Then
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.body()).contains("\"title\":\"RATE_LIMITED\"").contains("\"limit\":\"calls\"");
        assertThat(get("/api/v1/dead-letters", Role.SRE, "").statusCode()).isEqualTo(200);
        // looking is limited, too
        await().atMost(PATIENCE)
                .ignoreExceptionsMatching(
                        limited -> String.valueOf(limited.getMessage()).startsWith("429 "))
                .untilAsserted(() -> assertThat(suite.events().all(Map.of("requestId", id, "reason", "RATE_LIMITED")))
                        .hasSize(1)
                        .allSatisfy(event -> assertThat(event.getAction()).isEqualTo("audit-source.list")));
    }

    @Test
    void refusesTheExportThatIsOneTooMany() {
        assertThat(getOnceCallsAreAllowed("/api/v1/audit-events/export?actor=nobody")
                        .statusCode())
                .isEqualTo(200);
        var answer = getOnceCallsAreAllowed("/api/v1/audit-events/export?actor=nobody");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("\"limit\":\"exports\"");
        assertThat(getOnceCallsAreAllowed("/api/v1/audit-events?actor=nobody").statusCode())
                .isEqualTo(200);
    }

    /** The first answer that the limit of calls lets through. */
    private HttpResponse<String> getOnceCallsAreAllowed(String path) {
        return await().atMost(PATIENCE)
                .until(
                        () -> get(path, Role.AUDITOR, ""),
                        answer -> !answer.body().contains("\"limit\":\"calls\""));
    }

    private HttpResponse<String> get(String path, Role role, String requestId) {
        var request = Https.request(suite.stack().addresses().audit().resolve(path), suite.token(role));
        return suite.https().send(requestId.isEmpty() ? request : request.header("x-request-id", requestId));
    }
}
