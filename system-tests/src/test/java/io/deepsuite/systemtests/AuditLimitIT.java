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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who calls too often is told when to come back, and leaves an audit event; others are served. */
@ExtendWith(SuiteExtension.class)
class AuditLimitIT {

    private final Suite suite;

    AuditLimitIT(Suite suite) {
        this.suite = suite;
    }

    @AfterEach
    void restart() {
        suite.stack().stop(Component.AUDIT_SERVICE);
        suite.stack().start(Component.AUDIT_SERVICE);
    }

    @Test
    void refusesTheCallThatIsOneTooMany() {
        // Given
        startWith(Map.of(
                "DEEPSUITE_AUDIT_LIMIT_CALLS_PER_SECOND", "1",
                "DEEPSUITE_AUDIT_LIMIT_CALL_BURST", "2"));
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
        restart();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(suite.events().all(Map.of("requestId", id, "reason", "RATE_LIMITED")))
                        .hasSize(1)
                        .allSatisfy(event -> assertThat(event.getAction()).isEqualTo("audit-source.list")));
    }

    @Test
    void refusesTheExportThatIsOneTooMany() {
        startWith(Map.of("DEEPSUITE_AUDIT_LIMIT_EXPORTS_PER_HOUR", "1"));

        assertThat(get("/api/v1/audit-events/export?actor=nobody", Role.AUDITOR, "")
                        .statusCode())
                .isEqualTo(200);
        var answer = get("/api/v1/audit-events/export?actor=nobody", Role.AUDITOR, "");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("\"limit\":\"exports\"");
        assertThat(get("/api/v1/audit-events?actor=nobody", Role.AUDITOR, "").statusCode())
                .isEqualTo(200);
    }

    private void startWith(Map<String, String> environment) {
        suite.stack().stop(Component.AUDIT_SERVICE);
        suite.stackWith(Component.AUDIT_SERVICE, environment).start(Component.AUDIT_SERVICE);
    }

    private HttpResponse<String> get(String path, Role role, String requestId) {
        var request = Https.request(suite.stack().addresses().audit().resolve(path), suite.token(role));
        return suite.https().send(requestId.isEmpty() ? request : request.header("x-request-id", requestId));
    }
}
