package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.systemtests.suite.RawHttp;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the audit service does for a caller without certificate: it shows the console's own pages, and nothing else. */
@ExtendWith(SuiteExtension.class)
class ConsoleTransportIT {

    private static final String REFUSED = "\"title\":\"CERTIFICATE_MISSING\"";

    private final Suite suite;
    private final RawHttp browser;
    private final RawHttp application;

    ConsoleTransportIT(Suite suite) {
        this.suite = suite;
        this.browser = new RawHttp(suite.application().sslContextWithoutCertificate(), suite.number(Port.AUDIT));
        this.application = new RawHttp(suite.application().sslContext(), suite.number(Port.AUDIT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/v1/audit-events",
                "/api/v1/audit-logs",
                "/api/v1/audit-sources",
                "/api/v1/openapi",
                "/q/health",
                "/metrics",
                "//console/events",
                "//api/v1/audit-events",
                "/console/../api/v1/audit-events",
                "/console/./events",
                "/console//events",
                "/console/%2e%2e/api/v1/audit-events",
                "/console/%2E%2E/api/v1/audit-events",
                "/console/..%2fapi/v1/audit-events",
                "/console%2f..%2fapi/v1/audit-events",
                "/console/..;/api/v1/audit-events",
                "/console;x=y/events",
                "/console/..\\api/v1/audit-events",
                "/%63onsole/events",
                "/Console/events",
                "/consoles",
                "/deepsuite.audit.v1.Anything/Call"
            })
    void nothingButTheConsoleIsServedWithoutCertificate(String target) {
        var token = "Authorization: Bearer " + suite.token(Role.AUDITOR);

        assertRefused(browser.send("GET " + target + " HTTP/1.1"));
        assertRefused(browser.send("GET " + target + " HTTP/1.1", token));
        assertRefused(browser.send("POST " + target + " HTTP/1.1", token, "Content-Length: 0"));
    }

    @Test
    void targetsInAbsoluteFormAreNoWayAround() {
        var host = "https://127.0.0.1:" + suite.number(Port.AUDIT);

        assertRefused(browser.send("GET " + host + "/api/v1/audit-events HTTP/1.1"));
        assertRefused(browser.send("GET " + host + "/console/../api/v1/audit-events HTTP/1.1"));
        // has no path, so no route and no filter takes it
        assertThat(browser.send("OPTIONS * HTTP/1.1").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/events", "/deepsuite.audit.v1.Anything/Call", "/grpc.health.v1.Health/Check"})
    void grpcIsRefusedOnEveryPath(String path) {
        var reply =
                browser.send("POST " + path + " HTTP/1.1", "Content-Type: application/grpc+proto", "Content-Length: 0");

        assertThat(reply.header("grpc-status")).isEqualTo("16");
        assertThat(reply.header("grpc-status-details-bin")).isNotEmpty();
    }

    @Test
    void consoleSendsWhoIsNotSignedInToTheIdentityProviderWithPkce() {
        var reply = browser.send("GET /console/events HTTP/1.1");

        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.header("location"))
                .startsWith(suite.stack().addresses().keycloak() + "/realms/deepsuite/")
                .contains("code_challenge_method=S256", "client_id=audit-console");
        assertThat(reply.header("set-cookie")).contains("Secure", "HTTPOnly", "SameSite=Lax", "Path=/console");
        assertThat(reply.header("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void bearerTokensAreNoSession() {
        var token = "Authorization: Bearer " + suite.token(Role.AUDITOR);

        assertThat(browser.send("GET /console/events HTTP/1.1", token).status()).isEqualTo(302);
        assertThat(application.send("GET /console/events HTTP/1.1", token).status())
                .isEqualTo(401);
    }

    @Test
    void changesOfOtherSitesAreRefused() {
        assertForeign(browser.send("POST /console/sign-out HTTP/1.1", "Content-Length: 0"));
        assertForeign(
                browser.send("POST /console/sign-out HTTP/1.1", "Content-Length: 0", "Sec-Fetch-Site: cross-site"));
        assertForeign(browser.send(
                "POST /console/sign-out HTTP/1.1", "Content-Length: 0", "Origin: https://elsewhere.example"));
    }

    private static void assertRefused(RawHttp.Reply reply) {
        assertThat(reply.status()).as(reply.head()).isIn(400, 401);
        // 400: not even read as a request
        if (reply.status() == 401) {
            assertThat(reply.body()).contains(REFUSED);
        }
        assertThat(reply.body()).doesNotContain("\"events\"");
    }

    private static void assertForeign(RawHttp.Reply reply) {
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).contains("\"title\":\"ORIGIN_FOREIGN\"");
    }
}
