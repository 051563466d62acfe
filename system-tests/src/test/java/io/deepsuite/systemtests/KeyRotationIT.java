package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.proof.note.NoteException;
import io.deepsuite.proof.note.NoteVerifier;
import io.deepsuite.proof.note.PemKey;
import io.deepsuite.proof.note.PrivateKeySigner;
import io.deepsuite.proof.note.SignedNote;
import io.deepsuite.systemtests.suite.HandMade;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The key that signs checkpoints is replaced while the logs grow: whoever knows either key can verify at each step. */
@ExtendWith(SuiteExtension.class)
class KeyRotationIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String NAME = "deepsuite-audit";

    private final Suite suite;
    private final Path oldFile;
    private final Path newFile;
    private final NoteVerifier oldKey;
    private final NoteVerifier newKey;

    KeyRotationIT(Suite suite) {
        this.suite = suite;
        oldFile = suite.stack().directory().signingKey("checkpoint-key");
        newFile = suite.stack().directory().signingKey("checkpoint-key-next");
        oldKey = verifier(oldFile);
        newKey = verifier(newFile);
    }

    private static NoteVerifier verifier(Path file) {
        return new PrivateKeySigner(NAME, PemKey.read(file)).verifier();
    }

    /** Other tests know the old key only, and a service that knows no key of its last checkpoint would not sign. */
    @AfterEach
    void signWithTheOldKeyAgain() {
        startWith(oldFile, newFile);
        await().atMost(PATIENCE).untilAsserted(() -> {
            grow();
            assertThat(suite.logs().json("audit-logs").path("logs").valueStream())
                    .allMatch(log -> signed(log, oldKey));
        });
        suite.stack().stop(Component.AUDIT_SERVICE);
        suite.stack().start(Component.AUDIT_SERVICE);
    }

    @Test
    void bothKeysHoldWhileOneReplacesTheOther() {
        var before = grow();
        assertThat(signed(before, oldKey)).isTrue();
        assertThat(signed(before, newKey)).isFalse();

        startWith(oldFile, newFile);
        var between = grow();
        assertThat(signed(between, oldKey)).isTrue();
        assertThat(signed(between, newKey)).isTrue();

        // Only the log that grew has the new key's signature: the others rest on the old one, which has to be known.
        startWith(List.of(oldKey), newFile);
        var after = grow();
        assertThat(signed(after, oldKey)).isFalse();
        assertThat(signed(after, newKey)).isTrue();

        assertThat(suite.logs().json("audit-logs").path("logs").valueStream())
                .allMatch(log -> log.path("damage").asText("").isEmpty());
        var result = suite.verifier().verify(suite.logs().body("audit-logs/bundle"));
        assertThat(result.exitCode()).as(result.text()).isZero();
    }

    @Test
    void keysThatAreSwappedAtOnceGetNoSignature() {
        grow();

        startWith(newFile);
        var source = new HandMade(suite, "rotation");
        source.send(1, 1);

        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                suite.logs().json("audit-logs").path("logs").valueStream())
                        .anyMatch(log -> log.path("damage").asText().contains("no known key signed")));
    }

    private void startWith(Path... keys) {
        startWith(List.of(), keys);
    }

    private void startWith(List<NoteVerifier> retired, Path... keys) {
        var settings = new HashMap<String, String>();
        settings.put(
                "DEEPSUITE_AUDIT_CHECKPOINT_KEY_FILES",
                Arrays.stream(keys).map(Path::toString).collect(Collectors.joining(",")));
        if (!retired.isEmpty()) {
            settings.put(
                    "DEEPSUITE_AUDIT_CHECKPOINT_RETIRED_KEYS",
                    retired.stream().map(NoteVerifier::toText).collect(Collectors.joining(",")));
        }
        suite.stack().stop(Component.AUDIT_SERVICE);
        suite.stackWith(Component.AUDIT_SERVICE, settings).start(Component.AUDIT_SERVICE);
    }

    /** Adds an event. @return its log, once a checkpoint covers it */
    private JsonNode grow() {
        var source = new HandMade(suite, "rotation");
        source.send(1, 1);
        suite.events().awaitOne(source.requestId(1));
        var records = await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(
                        () -> suite.logs()
                                .json("audit-events/%s/proof".formatted(source.id(1)))
                                .path("records"),
                        found -> !found.isEmpty());
        return suite.logs().log(records.get(0).path("log").asInt());
    }

    private static boolean signed(JsonNode log, NoteVerifier key) {
        try {
            var note = SignedNote.parse(log.path("checkpoint").path("note").asText());
            return !note.verify(List.of(key)).isEmpty();
        } catch (NoteException _) {
            return false;
        }
    }
}
