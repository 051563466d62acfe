package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.proof.witness.WitnessRefusal;
import io.deepsuite.systemtests.suite.HandMade;
import io.deepsuite.systemtests.suite.Https;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import io.deepsuite.systemtests.suite.SuiteWitness;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A witness co-signs what the audit service signs as long as it continues, and an auditor can ask for it. */
@ExtendWith(SuiteExtension.class)
class WitnessIT {

    private final Suite suite;

    /** What one source tells is in one log. */
    private final HandMade source;

    @TempDir
    Path directory;

    private long sent;
    private int log;

    WitnessIT(Suite suite) {
        this.suite = suite;
        this.source = new HandMade(suite, "witness");
    }

    /** A log that a checkpoint covers. */
    @BeforeEach
    void sealEvents() throws SQLException {
        grow();
    }

    @Test
    void exportIsValidWithTheWitnessOnceItHasCosigned() throws IOException, SQLException {
        // Given
        var witness = new SuiteWitness(directory.resolve("state"));
        var first = cosign(witness, 0);
        assertThat(post(first).statusCode()).isEqualTo(200);
        grow();
        var second = cosign(witness, size(first));
        assertThat(size(second)).isGreaterThan(size(first));

        // When
        var answer = post(second);

        // Then
        assertThat(Https.json(answer).path("witnesses").toString()).isEqualTo("[\"witness.example/w1\"]");
        grow(); // newer checkpoints, which nobody has co-signed, are published meanwhile
        assertThat(SuiteWitness.cosigned(checkpoint(size(second)))).isNotNull();
        var bundle = suite.logs().body("audit-logs/%d/bundle?cosigned=1".formatted(log));
        var result = suite.verifier().verify(bundle, "--witness", SuiteWitness.key());
        assertThat(result.text()).contains(": valid: ").contains("leaves 0 to " + (size(second) - 1));
        var newest = suite.logs().body("audit-logs/%d/bundle".formatted(log));
        assertThat(suite.verifier()
                        .verify(newest, "--witness", SuiteWitness.key())
                        .text())
                .contains("co-signed by [] (expected: at least 1 of [witness.example/w1])");
    }

    @Test
    void witnessRefusesALogThatForgotWhatItShowed() throws IOException, SQLException {
        // Given
        var witness = new SuiteWitness(directory.resolve("state"));
        var early = suite.logs().body("audit-logs/%d/witness-request".formatted(log));
        grow();
        cosign(witness, 0);

        // Then
        assertThatExceptionOfType(WitnessRefusal.class)
                .isThrownBy(() -> witness.cosign(early, key()))
                .withMessageContaining("has shrunk: its size is");
    }

    @Test
    void anotherImplementationAgrees() throws IOException, InterruptedException {
        assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v node").start().waitFor() == 0,
                "SKIPPED: node is not installed, so cosignatures are not checked by another implementation");
        var file = directory.resolve("cosigned");
        var cosigned = cosign(new SuiteWitness(directory.resolve("state")), 0);
        Files.writeString(file, cosigned);

        var process = new ProcessBuilder("node", "independent/cosignature.mjs", SuiteWitness.key(), file.toString())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.strip())
                .isEqualTo(Long.toString(SuiteWitness.cosigned(cosigned).getEpochSecond()));
    }

    @Test
    void cosignatureThatIsMovedToAnotherCheckpointIsRefused() throws IOException, SQLException {
        // Given
        var witness = new SuiteWitness(directory.resolve("state"));
        var first = cosign(witness, 0);
        grow();
        var second = cosign(witness, size(first));
        var lines = first.lines().toList();
        var moved = second.substring(0, second.lastIndexOf("\u2014 ")) + lines.getLast() + "\n";

        // When
        var answer = post(moved);

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Https.json(answer).path("detail").asText())
                .isEqualTo("body: cosignature of witness.example/w1 does not fit the text");
    }

    /** Adds events to the log, and waits until a checkpoint covers them. */
    private void grow() throws SQLException {
        source.send(sent + 1, sent + 5);
        sent += 5;
        suite.events().awaitOne(source.requestId(sent));
        try (var database = suite.databases().tamper()) {
            var last = database.leaves(source.instance()).getLast();
            log = last.log();
            suite.logs().awaitCheckpoint(log, last.leaf() + 1);
        }
    }

    private String cosign(SuiteWitness witness, long from) throws IOException {
        return witness.cosign(suite.logs().body("audit-logs/%d/witness-request?from=%d".formatted(log, from)), key());
    }

    private String key() {
        return suite.logs().json("audit-logs").path("keys").get(0).asText();
    }

    private static long size(String note) {
        return Long.parseLong(note.lines().skip(1).findFirst().orElseThrow());
    }

    private String checkpoint(long size) {
        return suite.logs()
                .json("audit-logs/%d/checkpoints?largest=%d&limit=1".formatted(log, size))
                .path("checkpoints")
                .get(0)
                .path("note")
                .asText();
    }

    private HttpResponse<String> post(String cosigned) {
        var path = "/api/v1/audit-logs/%d/checkpoints/%d/cosignatures".formatted(log, size(cosigned));
        var request = HttpRequest.newBuilder(suite.stack().addresses().audit().resolve(path))
                .header("Authorization", "Bearer " + suite.token(Role.AUDITOR))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(cosigned));
        return suite.https().send(request);
    }
}
