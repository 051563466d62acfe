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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
    private static final Duration QUARTER = Duration.ofMinutes(15);

    @TempDir
    Path root;

    private final MemoryLogs logs = new MemoryLogs();
    private final BusyCheckpoints store = new BusyCheckpoints();
    private final Topic topic = new Topic();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final CheckpointKeys keys;
    private Instant now = Instant.parse("2026-11-29T10:00:00Z");
    private final CheckpointState state = new CheckpointState(() -> now, metrics);
    private CheckpointDirectory directory;
    private CheckpointService service;

    CheckpointServiceTest() throws GeneralSecurityException {
        var signer = new PrivateKeySigner(
                TestConfig.NAME, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        keys = new CheckpointKeys(new TestConfig(Path.of("none")), List.of(signer));
    }

    @BeforeEach
    void start() {
        start(new CheckpointDirectory(new TestConfig(root), () -> now), Duration.ZERO);
    }

    /** A new process, with pauses between the directory's checkpoints of a log. */
    private void start(CheckpointDirectory directory, Duration interval) {
        this.directory = directory;
        var publisher =
                new CheckpointPublisher(directory, topic, state, new TestConfig(root).every(interval), () -> now);
        service = new CheckpointService(logs, store, directory, publisher, keys, state, NAMES);
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
        start(new FullDirectory(root), Duration.ZERO);

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

    @Test
    void directoryGetsTheFirstAtOnceTheNextAfterItsIntervalAndTheTopicAll() throws Exception {
        // Given
        start(directory, QUARTER);
        grow(0, 3);
        assertThat(inDirectory(0)).containsExactly(3L);

        // When
        now = now.plus(QUARTER.minusSeconds(1));
        grow(0, 4);
        grow(0, 5);

        // Then
        assertThat(inDirectory(0)).containsExactly(3L);
        assertThat(topic.sent)
                .containsExactly("deepsuite.audit.v1/0: 3", "deepsuite.audit.v1/0: 4", "deepsuite.audit.v1/0: 5");

        // When it grows no more
        now = now.plusSeconds(1);
        service.run();

        // Then
        assertThat(inDirectory(0)).containsExactly(3L, 5L);
    }

    @Test
    void logThatWasQuietForLongIsInTheDirectoryAtOnce() throws Exception {
        // Given
        start(directory, QUARTER);
        grow(0, 3);
        now = now.plus(QUARTER);
        service.run();

        // When
        grow(0, 4);
        grow(0, 5);

        // Then
        assertThat(inDirectory(0)).containsExactly(3L, 4L);
    }

    @Test
    void clockThatWasPutBackDelaysNothing() throws Exception {
        // Given
        start(directory, QUARTER);
        grow(0, 3);

        // When
        now = now.minus(Duration.ofDays(365));
        grow(0, 4);

        // Then
        assertThat(inDirectory(0)).containsExactly(3L, 4L);
    }

    @Test
    void directoryHasTheNewestWhenTheProcessEnds() throws Exception {
        // Given
        start(directory, QUARTER);
        grow(0, 3);
        grow(0, 4);

        // When
        service.close();

        // Then
        assertThat(inDirectory(0)).containsExactly(3L, 4L);
    }

    @Test
    void directoryHasTheNewestSoonAfterACrash() throws Exception {
        // Given
        start(directory, QUARTER);
        grow(0, 3);
        grow(0, 4);

        // When
        start(directory, QUARTER);
        service.run();

        // Then
        assertThat(inDirectory(0)).containsExactly(3L, 4L);
    }

    @Test
    void logThatWasCutBehindWhatTheDirectoryHasIsDamaged() throws Exception {
        // Given
        start(directory, QUARTER);
        grow(0, 3);
        grow(0, 5);

        // When the database's owner takes the checkpoint with the leaves
        logs.cut(0, 4);
        store.delete(0);
        service.run();

        // Then
        assertThat(state.damage(0)).hasValue("log 0, size 4: a checkpoint of size 5 was published");
        assertThat(store.newest(0)).isEmpty();
    }

    @Test
    void lastGoodCheckpointOfADamagedLogReachesTheDirectory() throws Exception {
        // Given
        start(directory, QUARTER);
        grow(0, 3);
        grow(0, 5);
        logs.cut(0, 4);

        // When
        now = now.plus(QUARTER);
        service.run();

        // Then
        assertThat(state.damage(0)).isPresent();
        assertThat(inDirectory(0)).containsExactly(3L, 5L);
    }

    @Test
    void tellsWhenEachDestinationHadWhatWasDue() throws Exception {
        // Given
        var start = now;
        start(new FullDirectory(root), Duration.ZERO);
        logs.grow(0, 3);
        now = now.plusSeconds(10);

        // When
        assertThatExceptionOfType(IOException.class).isThrownBy(service::run);

        // Then
        assertThat(published("directory")).isEqualTo(start);
        assertThat(published("topic")).isEqualTo(start.plusSeconds(10));
        assertThat(failures("directory")).isEqualTo(1);
        assertThat(failures("topic")).isZero();

        // When there is room again, and the topic takes nothing
        start();
        logs.grow(0, 4);
        topic.refused.add("deepsuite.audit.v1/0");
        now = now.plusSeconds(10);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(service::run);

        // Then
        assertThat(published("directory")).isEqualTo(start.plusSeconds(20));
        assertThat(published("topic")).isEqualTo(start.plusSeconds(10));
        assertThat(failures("topic")).isEqualTo(1);
    }

    @Test
    void destinationThatIsAskedForNothingHasWhatIsDue() throws Exception {
        // Given
        grow(0, 3);

        // When
        now = now.plus(Duration.ofDays(1));
        service.run();

        // Then
        assertThat(published("directory")).isEqualTo(now);
        assertThat(published("topic")).isEqualTo(now);
    }

    @Test
    void noDestinationHasWhatIsDueOfALogThatCannotBeSigned() throws IOException {
        // Given
        var start = now;
        logs.grow(0, 3);
        store.beforeNewest(0, () -> {
            throw new IllegalStateException("the audit store does not answer");
        });
        Files.createDirectories(root.resolve(NAMES.origin(0)));
        now = now.plusSeconds(10);

        // When
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(service::run);

        // Then
        assertThat(published("directory")).isEqualTo(start);
        assertThat(published("topic")).isEqualTo(start);
    }

    /** A log grows, and is looked at. */
    private void grow(int log, int size) throws Exception {
        logs.grow(log, size);
        service.run();
    }

    private List<Long> inDirectory(int log) throws IOException {
        try (var files = Files.list(root.resolve(NAMES.origin(log)))) {
            return files.map(file -> file.getFileName().toString().replace(".checkpoint", ""))
                    .map(Long::valueOf)
                    .sorted()
                    .toList();
        }
    }

    private Instant published(String destination) {
        double seconds = metrics.get("deepsuite.audit.checkpoint.published.timestamp")
                .tag("destination", destination)
                .gauge()
                .value();
        return Instant.ofEpochSecond((long) seconds);
    }

    private double failures(String destination) {
        return metrics.get("deepsuite.audit.checkpoint.publishing.failures")
                .tag("destination", destination)
                .counter()
                .count();
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
            super(new TestConfig(root), InstantSource.system());
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
