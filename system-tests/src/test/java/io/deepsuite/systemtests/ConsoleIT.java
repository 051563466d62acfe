package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.systemtests.suite.Browser;
import io.deepsuite.systemtests.suite.EchoEngine;
import io.deepsuite.systemtests.suite.RawHttp;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** The audit console in a real browser. */
@ExtendWith(SuiteExtension.class)
class ConsoleIT {

    private static final String CHATS = "/console/events?action=inference.chat";

    /** Months that another test lets leave are before. */
    private final String recent = "&from=" + Instant.now().minus(Duration.ofDays(1));

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Suite suite;

    ConsoleIT(Suite suite) {
        this.suite = suite;
    }

    @Test
    void auditorSearchesAndSeesAnEventProvenAndSignsOut() {
        try (var browser = Browser.open(suite)) {
            // Given
            browser.visit(CHATS);
            browser.signIn(Role.AUDITOR);
            browser.awaitText("Audit events");
            assertThat(browser.address()).endsWith(CHATS);
            assertThat(browser.count("tbody tr")).isPositive();

            // When
            var id = id(browser.find("tbody tr a").getAttribute("href"));
            openProven(browser, id);

            // Then
            assertThat(browser.find("[data-verdict]").getAttribute("class")).contains("ok");
            assertThat(browser.find("[data-verdict]").getText()).contains("Sealed and signed");
            assertThat(browser.count(".fold li.right")).isEqualTo(browser.count(".fold [data-hash]"));
            assertReadIsAudited("console.event", id);
            assertSignOut(browser);
        }
    }

    /** A record that the service has changed must not pass in the browser, whatever the service says of it. */
    @Test
    void browserFindsAChangedRecordByItself() {
        try (var browser = Browser.open(suite)) {
            // Given
            browser.visit(CHATS);
            browser.signIn(Role.AUDITOR);
            openProven(browser, id(browser.find("tbody tr a").getAttribute("href")));

            // When
            var verdict = browser.script("const section = document.querySelector('.proof');const bytes ="
                    + " atob(section.dataset.event);section.dataset.event = btoa(bytes.slice(0, -1) +"
                    + " String.fromCharCode(bytes.charCodeAt(bytes.length - 1) ^ 1));return check(section).then(([right])"
                    + " => right);");

            // Then
            assertThat(verdict).isEqualTo(false);
        }
    }

    /** The file that a person would choose is one that the test can look into; all else is what the page does. */
    @Test
    void auditorExportsWhatTheFiltersFindAndSeesThatItIsWhole() {
        var id = "exported-" + UUID.randomUUID();
        suite.chat().plain(EchoEngine.MODEL, "export me", id);
        suite.events().awaitOne(id);
        try (var browser = Browser.open(suite)) {
            // Given
            browser.visit("/console/events?requestId=" + id + recent);
            browser.signIn(Role.AUDITOR);
            browser.awaitText("Export CSV");
            browser.script(
                    "window.written = []; window.showSaveFilePicker = async () => ({createWritable: async () => ({"
                            + " write: async bytes => { window.written.push(...bytes); }, close: async () => {"
                            + " window.saved = true; }, abort: async () => { window.saved = false; } })});");

            // When
            browser.find("a[data-export][href*=csv]").click();
            browser.awaitText("1 event, complete");

            // Then
            var rows = browser.script("return new TextDecoder().decode(Uint8Array.from(window.written))")
                    .toString();
            assertThat(rows)
                    .startsWith("\"record\",\"id\"")
                    .contains("\"inference.chat\"")
                    // Selenium makes one line feed of every line end
                    .contains("\n\"end\",\"1\",\"true\",\"OK\"");
            assertThat(browser.script("return window.saved")).isEqualTo(true);
            Awaitility.await("console.export")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(suite.events().all(Map.of("action", "console.export")))
                            .isNotEmpty()
                            .first()
                            .satisfies(event ->
                                    assertThat(event.getAttributesMap()).containsEntry("complete", "true")));
        }
    }

    /** Without the script's way to write files, and without a script at all, it is a link. */
    @Test
    void exportIsAPlainLinkToADownload() {
        try (var browser = Browser.open(suite)) {
            browser.visit(CHATS + recent);
            browser.signIn(Role.AUDITOR);
            browser.awaitText("Export NDJSON");
            var session = "Cookie: " + browser.cookie("q_session_console");
            var stranger = new RawHttp(suite.application().sslContextWithoutCertificate(), suite.number(Port.AUDIT));

            var address = browser.find("a[data-export][href*=ndjson]").getAttribute("href");
            var answer = stranger.send("GET " + address.substring(address.indexOf("/console")) + " HTTP/1.1", session);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("\"complete\":true");
        }
    }

    @Test
    void worksWithTheKeyboardAlone() {
        try (var browser = Browser.open(suite)) {
            browser.visit("/console");
            browser.signIn(Role.AUDITOR);
            browser.awaitText("Audit events");

            browser.press(Keys.TAB);
            assertThat(browser.focused()).isEqualTo("Skip to the content");
            assertThat(browser.tabTo("Completeness", 4)).isTrue();
            browser.press(Keys.ENTER);
            browser.awaitText("Keys that sign");
            assertThat(browser.find("h1").getText()).contains("Completeness");

            browser.visit("/console/events");
            assertThat(browser.tabTo("More filters", 25)).isTrue();
            browser.press(Keys.ENTER);
            assertThat(browser.find(".filters details").getAttribute("open")).isNotNull();
        }
    }

    @Test
    void whoIsNoAuditorSeesWhyAndNoData() {
        try (var browser = Browser.open(suite)) {
            browser.visit("/console/events");
            browser.signIn(Role.SRE);

            browser.awaitText("This console is for auditors");
            assertThat(browser.count("table")).isZero();
            browser.visit("/console/status");
            browser.awaitText("This console is for auditors");
        }
    }

    /** An event with a longer text than the store takes would be missing for good. */
    @Test
    void refusesAnAddressThatIsNoEventAndAuditsThatToo() {
        try (var browser = Browser.open(suite)) {
            // Given
            browser.visit("/console/events");
            browser.signIn(Role.AUDITOR);
            browser.awaitText("Audit events");

            // When
            browser.visit("/console/events/" + "x".repeat(1025));

            // Then
            browser.awaitText("This did not work");
            var refused = Map.of("action", "console.event", "reason", "VALUE_INVALID");
            Awaitility.await("refused read")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(suite.events().all(refused))
                            .isNotEmpty()
                            .allSatisfy(event ->
                                    assertThat(event.getResource().getId()).isEmpty()));
        }
    }

    @Test
    void sessionCountsOnTheConsoleOnly() {
        try (var browser = Browser.open(suite)) {
            // Given
            browser.visit("/console/events");
            browser.signIn(Role.AUDITOR);
            browser.awaitText("Audit events");
            var session = "Cookie: " + browser.cookie("q_session_console");
            assertThat(session).hasSizeGreaterThan(200);

            // When
            var application = new RawHttp(suite.application().sslContext(), suite.number(Port.AUDIT));
            var stranger = new RawHttp(suite.application().sslContextWithoutCertificate(), suite.number(Port.AUDIT));

            // Then
            assertThat(stranger.send("GET /console/status HTTP/1.1", session).status())
                    .isEqualTo(200);
            assertThat(application
                            .send("GET /api/v1/audit-events HTTP/1.1", session)
                            .status())
                    .isEqualTo(401);
            assertThat(stranger.send("GET /api/v1/audit-events HTTP/1.1", session)
                            .body())
                    .contains("CERTIFICATE_MISSING");
        }
    }

    private void assertSignOut(Browser browser) {
        browser.find(".who button").click();
        browser.awaitText("You are signed out");
        assertThat(browser.cookie("q_session_console")).isEmpty();
        browser.visit("/console/events");
        assertThat(browser.address()).contains("/realms/deepsuite/");
    }

    /** Opens an event once a checkpoint covers it and the browser has made up its mind. */
    private static void openProven(Browser browser, String id) {
        Awaitility.await("covered by a checkpoint").atMost(PATIENCE).until(() -> {
            browser.visit("/console/events/" + id);
            return browser.count("[data-verdict]") > 0;
        });
        Awaitility.await("verdict").atMost(PATIENCE).until(() -> browser.count("[data-verdict].pending") == 0);
    }

    private void assertReadIsAudited(String action, String id) {
        Awaitility.await(action)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(suite.events().all(Map.of("action", action, "resourceId", id)))
                        .isNotEmpty()
                        .allSatisfy(
                                event -> assertThat(event.getActor().getName()).isEqualTo(Role.AUDITOR.username())));
    }

    private static String id(String address) {
        return address.substring(address.lastIndexOf('/') + 1);
    }
}
