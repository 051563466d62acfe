package io.deepsuite.journal.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.SubjectKey;
import io.deepsuite.journal.file.Events;
import io.deepsuite.journal.file.FileJournal;
import io.deepsuite.journal.file.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShipperTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int SEGMENT = 1024;

    @TempDir
    Path directory;

    private final Brokers brokers = new Brokers();
    private final AtomicInteger shipped = new AtomicInteger();
    private final List<AuditEvent> appended = new ArrayList<>();

    /** Makes producers that acknowledge when the test says so. */
    private static final class Brokers implements Producers {

        private final List<MockProducer<String, byte[]>> made = new CopyOnWriteArrayList<>();
        private volatile boolean down;
        private volatile boolean acknowledging;
        private volatile boolean outdated;

        @Override
        public Producer<String, byte[]> create() throws IOException {
            if (down) {
                throw new IOException("injected: no broker");
            }
            outdated = false;
            var producer = new MockProducer<>(acknowledging, null, new StringSerializer(), new ByteArraySerializer());
            made.add(producer);
            return producer;
        }

        @Override
        public boolean isOutdated() {
            return outdated;
        }

        /** The n-th producer, from 1, once it has been given that many records. */
        MockProducer<String, byte[]> awaitSent(int producer, int records) {
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> made.size() >= producer
                            && made.get(producer - 1).history().size() >= records);
            return made.get(producer - 1);
        }
    }

    private FileJournal open() throws IOException {
        return Events.open(Events.settings(directory, 1 << 20, SEGMENT));
    }

    private Shipper ship(FileJournal journal, int mostInFlight) {
        var backoff = new Backoff(Duration.ofNanos(1), Duration.ofMillis(1));
        return Shipper.start(
                journal,
                brokers,
                new ShipperSettings("deepsuite.audit.v1", "keys", mostInFlight, backoff, Duration.ZERO),
                new ShippingListener() {
                    @Override
                    public void shipped(int events) {
                        shipped.addAndGet(events);
                    }
                });
    }

    private void append(FileJournal journal, int events) {
        for (int i = 0; i < events; i++) {
            appended.add(Events.await(journal.append(Events.event(appended.size() + 1))));
        }
    }

    private static void acknowledge(MockProducer<String, byte[]> producer, int records) {
        for (int i = 0; i < records; i++) {
            assertThat(producer.completeNext()).isTrue();
        }
    }

    private static List<Long> sequences(MockProducer<String, byte[]> producer) throws IOException {
        List<Long> sequences = new ArrayList<>();
        for (var record : producer.history()) {
            sequences.add(AuditEvent.parseFrom(record.value()).getSource().getSequence());
        }
        return sequences;
    }

    private void awaitReleased(FileJournal journal, Position position) {
        Awaitility.await().atMost(LONG).until(() -> journal.released().equals(position));
    }

    private long segments() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".segment")).count();
        }
    }

    @Test
    void freesWhatTheBootBeforeHasShippedAlthoughNothingNewComes() throws Exception {
        try (var journal = open()) {
            append(journal, 3);
            journal.release(new Position(1, 3));
        }

        try (var journal = open()) {
            var shipper = ship(journal, 10);

            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> segments() == 1 && journal.status().bytes() < 200);
            shipper.stop(LONG);
        }
    }

    @Test
    void sendsTheStoredBytesUnderTheirSourceWithCloudEventsHeaders() throws Exception {
        try (var journal = open()) {
            // When
            var shipper = ship(journal, 10);
            append(journal, 1);

            // Then
            ProducerRecord<String, byte[]> sent =
                    brokers.awaitSent(1, 1).history().getFirst();
            assertThat(sent.topic()).isEqualTo("deepsuite.audit.v1");
            assertThat(sent.key()).isEqualTo("model-service/model-0/1");
            assertThat(sent.value()).isEqualTo(appended.getFirst().toByteArray());
            Map<String, String> headers = new TreeMap<>();
            sent.headers()
                    .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
            assertThat(headers)
                    .isEqualTo(Map.of(
                            "ce_specversion", "1.0",
                            "ce_id", "01980000-0000-7000-8000-000000000001",
                            "ce_type", "io.deepsuite.audit.v1.AuditEvent",
                            "ce_source", "/deepsuite/model-service/model-0/1",
                            "ce_time", "2026-05-28T20:26:41Z",
                            "content-type", "application/protobuf"));
            shipper.stop(Duration.ZERO);
        }
    }

    @Test
    void countsAnEventAsShippedWhenItsKeyIsAcknowledgedToo() throws Exception {
        try (var journal = open()) {
            // Given
            var key = SubjectKey.newBuilder().setKeyId("key-1").build();
            Events.await(journal.append(Events.event(1), key.toByteString()));
            var shipper = ship(journal, 10);
            var producer = brokers.awaitSent(1, 2);
            assertThat(producer.history())
                    .extracting(ProducerRecord::topic)
                    .containsExactly("keys", "deepsuite.audit.v1");
            assertThat(producer.history().getFirst().key()).isEqualTo("key-1");
            assertThat(producer.history().getFirst().value()).isEqualTo(key.toByteArray());

            // When
            acknowledge(producer, 1);
            append(journal, 1);
            brokers.awaitSent(1, 3); // the shipper has looked again

            // Then
            assertThat(shipper.unshipped()).isEqualTo(2);
            acknowledge(producer, 2);
            awaitReleased(journal, new Position(1, 2));
            shipper.stop(Duration.ZERO);
        }
    }

    @Test
    void freesASegmentOnlyWhenAllItsRecordsAreAcknowledged() throws Exception {
        try (var journal = open()) {
            // Given
            append(journal, 30);
            long all = segments();
            var shipper = ship(journal, 100);
            var producer = brokers.awaitSent(1, 30);
            assertThat(all).isGreaterThanOrEqualTo(3);

            // When
            acknowledge(producer, 1);
            awaitReleased(journal, new Position(1, 1));

            // Then
            assertThat(segments()).isEqualTo(all);
            acknowledge(producer, 29);
            awaitReleased(journal, new Position(1, 30));
            Awaitility.await().atMost(LONG).until(() -> segments() == 1);
            assertThat(shipper.unshipped()).isZero();
            assertThat(shipped).hasValue(30);
            shipper.stop(Duration.ZERO);
        }
    }

    @Test
    void sendsAgainInOrderFromTheFirstRecordThatFailed() throws Exception {
        try (var journal = open()) {
            // Given
            append(journal, 5);
            var shipper = ship(journal, 100);
            var first = brokers.awaitSent(1, 5);

            // When
            acknowledge(first, 2);
            assertThat(first.errorNext(new TimeoutException("injected"))).isTrue();
            first.completeNext();

            // Then
            var second = brokers.awaitSent(2, 3);
            assertThat(sequences(second)).containsExactly(3L, 4L, 5L);
            assertThat(first.closed()).isTrue();
            acknowledge(second, 3);
            awaitReleased(journal, new Position(1, 5));
            shipper.stop(Duration.ZERO);
        }
    }

    /** A fenced producer, or one whose topic is not there, fails whatever it is given; another one takes over and begins where it ended. */
    @ParameterizedTest
    @MethodSource("fatal")
    void takesAnotherProducerWhenOneIsOfNoUseAnyMore(RuntimeException failure) throws Exception {
        try (var journal = open()) {
            // Given
            append(journal, 5);
            var shipper = ship(journal, 100);
            var fenced = brokers.awaitSent(1, 5);
            acknowledge(fenced, 2);
            awaitReleased(journal, new Position(1, 2));

            // When
            fenced.errorNext(failure);

            // Then
            var next = brokers.awaitSent(2, 3);
            assertThat(sequences(next)).containsExactly(3L, 4L, 5L);
            assertThat(fenced.closed()).isTrue();
            acknowledge(next, 3);
            awaitReleased(journal, new Position(1, 5));
            assertThat(shipped).hasValue(5);
            shipper.stop(LONG);
        }
    }

    static Stream<RuntimeException> fatal() {
        return Stream.of(
                new ProducerFencedException("injected"),
                new OutOfOrderSequenceException("injected"),
                new UnknownTopicOrPartitionException("injected"),
                new TopicAuthorizationException("injected"));
    }

    @Test
    void resumesBehindTheLastAcknowledgedRecordAndShipsEarlierBootsFirst() throws Exception {
        // Given
        try (var journal = open()) {
            append(journal, 5);
            var shipper = ship(journal, 100);
            acknowledge(brokers.awaitSent(1, 5), 2);
            awaitReleased(journal, new Position(1, 2));
            shipper.stop(Duration.ZERO);
        }

        // When
        try (var journal = open()) {
            append(journal, 2);
            var shipper = ship(journal, 100);

            // Then
            var second = brokers.awaitSent(2, 5);
            assertThat(second.history())
                    .extracting(ProducerRecord::key)
                    .containsExactly(
                            "model-service/model-0/1",
                            "model-service/model-0/1",
                            "model-service/model-0/1",
                            "model-service/model-0/2",
                            "model-service/model-0/2");
            assertThat(sequences(second)).containsExactly(3L, 4L, 5L, 1L, 2L);
            acknowledge(second, 5);
            awaitReleased(journal, new Position(2, 2));
            shipper.stop(Duration.ZERO);
        }
    }

    @Test
    void hasNoMoreInFlightThanAllowed() throws Exception {
        try (var journal = open()) {
            // Given
            append(journal, 10);
            var shipper = ship(journal, 3);
            var producer = brokers.awaitSent(1, 3);

            // When
            acknowledge(producer, 1);

            // Then
            brokers.awaitSent(1, 4);
            awaitReleased(journal, new Position(1, 1));
            assertThat(producer.history()).hasSize(4);
            shipper.stop(Duration.ZERO);
        }
    }

    @Test
    void anAppendDoesNotWaitForKafkaAndIsShippedWhenItIsBack() throws Exception {
        try (var journal = open()) {
            // Given
            brokers.down = true;
            brokers.acknowledging = true;
            var shipper = ship(journal, 100);

            // When
            append(journal, 50);
            assertThat(shipper.unshipped()).isEqualTo(50);
            brokers.down = false;

            // Then
            Awaitility.await().atMost(LONG).until(() -> shipper.unshipped() == 0);
            assertThat(shipped).hasValue(50);
            shipper.stop(Duration.ZERO);
        }
    }

    @Test
    void finishesOneProducerBeforeItTurnsToTheNextWhenCertificatesChange() throws Exception {
        try (var journal = open()) {
            // Given
            append(journal, 3);
            var shipper = ship(journal, 100);
            var first = brokers.awaitSent(1, 3);

            // When
            brokers.outdated = true;
            append(journal, 2);
            acknowledge(first, 3);

            // Then
            var second = brokers.awaitSent(2, 2);
            assertThat(sequences(first)).containsExactly(1L, 2L, 3L);
            assertThat(sequences(second)).containsExactly(4L, 5L);
            assertThat(first.closed()).isTrue();
            shipper.stop(Duration.ZERO);
        }
    }

    @Test
    void shipsWhatIsLeftBeforeItStops() throws Exception {
        brokers.acknowledging = true;
        try (var journal = open()) {
            // Given
            var shipper = ship(journal, 100);
            append(journal, 200);
            journal.stop();

            // When
            shipper.stop(LONG);

            // Then
            assertThat(shipper.unshipped()).isZero();
            assertThat(journal.released()).isEqualTo(new Position(1, 200));
            assertThat(shipper.isRunning()).isFalse();
        }
    }
}
