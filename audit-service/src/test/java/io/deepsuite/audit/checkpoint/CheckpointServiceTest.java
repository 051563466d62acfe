package io.deepsuite.audit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deepsuite.audit.seal.MemoryLogs;
import io.deepsuite.audit.seal.SealConfig;
import io.deepsuite.audit.seal.TestNames;
import io.deepsuite.proof.note.Checkpoint;
import io.deepsuite.proof.note.PrivateKeySigner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointServiceTest {

    private static final SealConfig NAMES = new TestNames();

    @TempDir
    Path root;

    private final MemoryLogs logs = new MemoryLogs();
    private final BusyCheckpoints store = new BusyCheckpoints();
    private final Topic topic = new Topic();
    private final CheckpointState state = new CheckpointState(new SimpleMeterRegistry());
    private final CheckpointKeys keys;
    private CheckpointDirectory directory;
    private CheckpointService service;

    CheckpointServiceTest() throws GeneralSecurityException {
        var signer = new PrivateKeySigner(
                TestConfig.NAME, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        keys = new CheckpointKeys(new TestConfig(Path.of("none")), List.of(signer));
    }

    @BeforeEach
    void start() {
        directory = new CheckpointDirectory(new TestConfig(root));
        service = new CheckpointService(logs, store, directory, topic, keys, state, NAMES, new TestConfig(root));
    }

    @Test
    void publishesEachSizeOnceInAllThreePlaces() throws Exception {
        logs.grow(0, 3);

        service.run();
        service.run();

        assertThat(store.newest(0))
                .hasValueSatisfying(stored -> assertThat(stored.signed().size()).isEqualTo(3));
        assertThat(directory.newest(NAMES.origin(0))).isEqualTo(store.newest(0).map(CheckpointStore.Stored::signed));
        assertThat(topic.sent).containsExactly("deepsuite.audit.v1/0: 3");
    }

    @Test
    void logThatAnotherReplicaSignsMeanwhileIsNotDamaged() throws Exception {
        // Given
        logs.grow(0, 3);
        logs.grow(1, 3);
        service.run();
        store.beforeNewest(1, () -> {
            logs.grow(1, 5);
            sign(1);
        });

        // When
        service.run();

        // Then
        assertThat(state.damage(1)).isEmpty();
        assertThat(topic.sent).endsWith("deepsuite.audit.v1/1: 5");
    }

    @Test
    void logThatWasCutIsDamaged() throws Exception {
        // Given
        logs.grow(0, 5);
        service.run();
        logs.cut(0, 3);

        // When
        service.run();

        // Then
        assertThat(state.damage(0)).hasValue("log 0, size 3: a checkpoint of size 5 was published");
        assertThat(topic.sent).containsExactly("deepsuite.audit.v1/0: 5");
    }

    @Test
    void topicIsToldAgainWhatItDidNotTake() throws Exception {
        // Given
        logs.grow(0, 3);
        topic.refused.add("deepsuite.audit.v1/0");
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(service::run);
        topic.refused.clear();

        // When
        service.run();
        service.run();

        // Then
        assertThat(topic.sent).containsExactly("deepsuite.audit.v1/0: 3");
    }

    @Test
    void newProcessTellsTheNewestOnce() throws Exception {
        // Given
        logs.grow(0, 3);
        service.run();
        start();

        // When
        service.run();
        service.run();

        // Then
        assertThat(topic.sent).containsExactly("deepsuite.audit.v1/0: 3", "deepsuite.audit.v1/0: 3");
    }

    @Test
    void logThatCannotBeSignedKeepsNoOtherFromIt() {
        // Given
        logs.grow(0, 3);
        logs.grow(1, 3);
        logs.grow(2, 3);
        topic.refused.addAll(Set.of("deepsuite.audit.v1/0", "deepsuite.audit.v1/1"));

        // When
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(service::run)
                // Then
                .withMessage("deepsuite.audit.v1/0 refused")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .extracting(Throwable::getMessage)
                        .isEqualTo("deepsuite.audit.v1/1 refused"));
        assertThat(topic.sent).containsExactly("deepsuite.audit.v1/2: 3");
    }

    @Test
    void directoryThatCannotBeReadForOneLogKeepsNoOtherFromIt() throws IOException {
        // Given
        logs.grow(0, 3);
        logs.grow(1, 3);
        Files.createDirectories(root.resolve("deepsuite.audit.v1"));
        Files.writeString(root.resolve(NAMES.origin(0)), "no folder");

        // When
        assertThatExceptionOfType(IOException.class).isThrownBy(service::run);

        // Then
        assertThat(topic.sent).containsExactly("deepsuite.audit.v1/1: 3");
    }

    @Test
    void topicIsToldWhenTheDirectoryIsFull() {
        // Given
        logs.grow(0, 3);
        directory = new FullDirectory(root);
        service = new CheckpointService(logs, store, directory, topic, keys, state, NAMES, new TestConfig(root));

        // When
        for (int tick = 0; tick < 2; tick++) {
            assertThatExceptionOfType(IOException.class).isThrownBy(service::run);
        }

        // Then
        assertThat(topic.sent).containsExactly("deepsuite.audit.v1/0: 3");
    }

    @Test
    void logThatHasNoRowsAnyMoreIsDamaged() throws Exception {
        // Given
        logs.grow(0, 3);
        logs.grow(1, 3);
        service.run();
        logs.delete(0);
        logs.grow(1, 4);

        // When
        service.run();

        // Then
        assertThat(state.damage(0)).hasValue("log 0, size 0: a checkpoint of size 3 was published");
        assertThat(topic.sent).endsWith("deepsuite.audit.v1/1: 4");
    }

    @Test
    void logWhoseCheckpointsTheDatabaseLostTooIsDamaged() throws Exception {
        // Given
        logs.grow(7, 3);
        service.run();
        logs.delete(7);
        store.delete(7);

        // When
        service.run();

        // Then
        assertThat(state.damage(7)).hasValue("log 7, size 0: a checkpoint of size 3 was published");
    }

    @Test
    void folderWithoutACheckpointIsNoDamage() throws Exception {
        // Given
        Files.createDirectories(root.resolve(NAMES.origin(0)));

        // When
        service.run();

        // Then
        assertThat(state.damage(0)).isEmpty();
        assertThat(store.newest(0)).isEmpty();
        assertThat(directory.newest(NAMES.origin(0))).isEmpty();
    }

    /** Signs a log as another replica does. */
    private void sign(int log) {
        var tree = logs.head(log).orElseThrow().tree();
        var checkpoint = new Checkpoint(NAMES.origin(log), tree.size(), tree.root());
        store.insert(
                log,
                new SignedCheckpoint(checkpoint, keys.sign(checkpoint.body()).toText()));
    }

    /** Something happens just before a newest checkpoint is read. */
    private static final class BusyCheckpoints extends MemoryCheckpoints {

        private int busy = -1;
        private Runnable first = () -> {};

        void beforeNewest(int log, Runnable step) {
            busy = log;
            first = step;
        }

        @Override
        public Optional<Stored> newest(int log) {
            if (log == busy) {
                first.run();
            }
            return super.newest(log);
        }
    }

    private static final class FullDirectory extends CheckpointDirectory {

        FullDirectory(Path root) {
            super(new TestConfig(root));
        }

        @Override
        void publish(SignedCheckpoint signed) throws IOException {
            throw new IOException("no space left on device");
        }
    }

    /** A topic that may refuse some logs. */
    private static final class Topic extends CheckpointClient {

        private final List<String> sent = new ArrayList<>();
        private final Set<String> refused = new TreeSet<>();

        @SuppressWarnings("NullAway") // nothing leaves the test
        Topic() {
            super(null);
        }

        @Override
        Uni<Void> send(SignedCheckpoint signed) {
            var origin = signed.checkpoint().origin();
            if (refused.contains(origin)) {
                return Uni.createFrom().failure(new IllegalStateException(origin + " refused"));
            }
            sent.add("%s: %d".formatted(origin, signed.size()));
            return Uni.createFrom().voidItem();
        }
    }
}
