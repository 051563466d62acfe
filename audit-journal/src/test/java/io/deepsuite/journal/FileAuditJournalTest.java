package io.deepsuite.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.deepsuite.audit.v1.Actor;
import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.journal.file.Events;
import io.deepsuite.journal.shipping.Producers;
import io.deepsuite.journal.subject.PersonSealer;
import io.deepsuite.journal.subject.Sealers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAuditJournalTest {

    private static final long MIB = 1L << 20;
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"));

    private static final String KEY_TOPIC = "deepsuite.audit.subject-keys.v1";
    private static final PersonSealer SEALER = Sealers.sealer(CLOCK);

    @TempDir
    Path directory;

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());

    private final Producers producers = new OneProducer(producer);

    private record OneProducer(MockProducer<String, byte[]> producer) implements Producers {

        @Override
        public Producer<String, byte[]> create() {
            return producer;
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }

    private record Config(
            Path directory,
            String service,
            String instance,
            String namespace,
            MemorySize maxSize,
            MemorySize segmentSize,
            int queueLength,
            Duration linger,
            Duration retryAfter,
            String topic,
            int inFlight,
            Duration drainTimeout)
            implements JournalConfig {}

    private JournalConfig config(long segmentSize) {
        return new Config(
                directory,
                "model-service",
                "model-0",
                "local",
                new MemorySize(BigInteger.valueOf(8 * MIB)),
                new MemorySize(BigInteger.valueOf(segmentSize)),
                100,
                Duration.ZERO,
                Duration.ZERO,
                "deepsuite.audit.v1",
                100,
                Duration.ofSeconds(20));
    }

    private double count(String meter) {
        return registry.get(meter).counter().count();
    }

    @Test
    void countsWhatItAppendsAndShips() throws Exception {
        // Given
        var journal = new FileAuditJournal(config(MIB), producers, SEALER, KEY_TOPIC, registry, CLOCK);

        // When
        for (int number = 1; number <= 5; number++) {
            Events.await(journal.append(Events.event(number)));
        }

        // Then
        assertThat(count("deepsuite.audit.appended")).isEqualTo(6);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> count("deepsuite.audit.shipped") == 6);
        assertThat(registry.get("deepsuite.audit.unshipped.events").gauge().value())
                .isZero();
        assertThat(registry.get("deepsuite.audit.journal.bytes").gauge().value())
                .isPositive();
        assertThat(registry.get("deepsuite.audit.fsync").timer().count()).isPositive();
        journal.close();
    }

    @Test
    void writesNoPersonInPlainAndSendsTheKeyBeforeTheEvent() throws Exception {
        // Given
        var journal = new FileAuditJournal(config(MIB), producers, SEALER, KEY_TOPIC, registry, CLOCK);
        var person = Actor.newBuilder()
                .setType(ActorType.ACTOR_TYPE_USER)
                .setId("6d1f-mei")
                .setName("mei");

        // When
        var first = Events.await(journal.append(Events.event(1).setActor(person)));
        var second = Events.await(journal.append(Events.event(2).setActor(person)));
        journal.close();

        // Then
        assertThat(first.getActor().getName()).isEmpty();
        assertThat(second.getPersonal().getKeyId())
                .isEqualTo(first.getPersonal().getKeyId());
        assertThat(producer.history())
                .extracting(ProducerRecord::topic)
                .containsSubsequence(KEY_TOPIC, "deepsuite.audit.v1")
                .filteredOn(KEY_TOPIC::equals)
                .hasSize(1);
        assertThat(producer.history())
                .allSatisfy(record -> assertThat(new String(record.value(), StandardCharsets.ISO_8859_1))
                        .doesNotContain("mei"));
    }

    @Test
    void refusesAnEventWhosePersonCannotBeSealed() throws Exception {
        // Given
        var journal = new FileAuditJournal(config(MIB), producers, Sealers.broken(CLOCK), KEY_TOPIC, registry, CLOCK);
        var event = Events.event(1)
                .setActor(Actor.newBuilder().setType(ActorType.ACTOR_TYPE_USER).setId("6d1f-mei"));

        // Then
        assertThatThrownBy(() -> Events.await(journal.append(event))).hasMessage("personal fields cannot be sealed");
        assertThat(count("deepsuite.audit.refused")).isEqualTo(1);
        journal.close();
    }

    @Test
    void isReadyWhileItTakesEvents() throws Exception {
        // Given
        var journal = new FileAuditJournal(config(MIB), producers, SEALER, KEY_TOPIC, registry, CLOCK);
        var readiness = new JournalReadiness(journal);
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);

        // When
        journal.close();

        // Then
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        var late = journal.append(Events.event(1));
        assertThatThrownBy(() -> Events.await(late)).hasMessage("audit journal is closed");
        assertThat(count("deepsuite.audit.refused")).isEqualTo(1);
    }

    @Test
    void shipsWhatWasAppendedBeforeItEnds() throws Exception {
        // Given
        var journal = new FileAuditJournal(config(MIB), producers, SEALER, KEY_TOPIC, registry, CLOCK);
        for (int number = 1; number <= 50; number++) {
            journal.append(Events.event(number));
        }

        // When
        journal.close();

        // Then
        assertThat(producer.history()).hasSize(52);
    }

    @Test
    void tellsWhereTheBootBeforeEndedAndThatItEndsItself() throws Exception {
        // Given
        var first = new FileAuditJournal(config(MIB), producers, SEALER, KEY_TOPIC, registry, CLOCK);
        Events.await(first.append(Events.event(1)));
        first.close();

        var later = new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());

        // When
        new FileAuditJournal(config(MIB), new OneProducer(later), SEALER, KEY_TOPIC, registry, CLOCK).close();

        // Then
        assertThat(shipped(producer))
                .extracting(AuditEvent::getAction)
                .containsExactly("journal.open", "inference.chat", "journal.close");
        assertThat(shipped(producer).getFirst().getAttributesMap()).isEmpty();
        assertThat(shipped(later)).extracting(AuditEvent::getAction).containsExactly("journal.open", "journal.close");
        assertThat(shipped(later).getFirst().getAttributesMap())
                .isEqualTo(Map.of("previous_boot", "1", "previous_sequence", "3"));
        assertThat(shipped(later).getLast().getSource().getSequence()).isEqualTo(2);
    }

    private static List<AuditEvent> shipped(MockProducer<String, byte[]> producer) {
        return producer.history().stream()
                .map(record -> {
                    try {
                        return AuditEvent.parseFrom(record.value());
                    } catch (InvalidProtocolBufferException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    @Test
    void doesNotStartWithASegmentSizeOutOfBounds() {
        assertThatThrownBy(() -> new FileAuditJournal(config(MIB - 1), producers, SEALER, KEY_TOPIC, registry, CLOCK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("deepsuite.journal.segment-size: 1048575 (expected: 1048576 to 268435456 bytes)");
    }

    @Test
    void doesNotStartTwiceInOneDirectory() throws Exception {
        var journal = new FileAuditJournal(config(MIB), producers, SEALER, KEY_TOPIC, registry, CLOCK);
        assertThatThrownBy(() -> new FileAuditJournal(config(MIB), producers, SEALER, KEY_TOPIC, registry, CLOCK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use");
        journal.close();
    }
}
