package io.deepsuite.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;
import io.deepsuite.audit.v1.Actor;
import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.audit.v1.Phase;
import io.deepsuite.journal.JournalConfig.Ack;
import io.deepsuite.journal.file.Events;
import io.deepsuite.journal.shipping.Producers;
import io.deepsuite.journal.subject.PersonSealer;
import io.deepsuite.journal.subject.Sealers;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"));
    private static final InstantSource LATER = InstantSource.fixed(Instant.parse("2026-11-22T10:05:00Z"));

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

    private JournalConfig config(long segmentSize) {
        return TestConfig.in(directory).segments(segmentSize);
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
        var readiness = new JournalReadiness(journal, new UnauditedReads(config(MIB), journal, registry, CLOCK));
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

    /** Nothing can be freed, as Kafka acknowledges nothing; each boot tells all the same where it begins and ends. */
    @Test
    void tellsThatItIsOpenAndClosedInAFullJournalToo() throws Exception {
        // Given
        var config = TestConfig.in(directory).draining(Duration.ZERO);
        var first = new FileAuditJournal(config, new OneProducer(broker), SEALER, KEY_TOPIC, registry, CLOCK);
        var large = Events.event(1).setTenant("x".repeat(60_000));
        assertThatThrownBy(() -> {
                    while (true) {
                        Events.await(first.append(large));
                    }
                })
                .hasMessage("audit journal is full: 8388608 bytes");
        first.close();

        // When
        var second = new FileAuditJournal(config, new OneProducer(broker), SEALER, KEY_TOPIC, registry, CLOCK);
        assertThatThrownBy(() -> Events.await(second.append(large))).hasMessage("audit journal is full: 8388608 bytes");
        second.close();

        // Then
        new FileAuditJournal(config(MIB), producers, SEALER, KEY_TOPIC, registry, CLOCK).close();
        var shipped = shipped(producer);
        assertThat(shipped)
                .filteredOn(event -> event.getAction().startsWith("journal."))
                .extracting(AuditEvent::getAction, event -> event.getSource().getBoot())
                .containsExactly(
                        tuple("journal.open", 1L),
                        tuple("journal.close", 1L),
                        tuple("journal.open", 2L),
                        tuple("journal.close", 2L),
                        tuple("journal.open", 3L),
                        tuple("journal.close", 3L));
        assertThat(shipped)
                .filteredOn(event -> event.getSource().getBoot() == 2)
                .extracting(event -> event.getSource().getSequence())
                .containsExactly(1L, 2L);
    }

    @Test
    void endsWhatTheBootBeforeAnnouncedAndShipped() throws Exception {
        // Given
        var first = new FileAuditJournal(config(MIB), producers, SEALER, KEY_TOPIC, registry, CLOCK);
        var intent = Events.await(first.append(Events.intent(1)));
        first.close();
        assertThat(shipped(producer)).contains(intent);

        // When
        var later = new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
        new FileAuditJournal(config(MIB), new OneProducer(later), SEALER, KEY_TOPIC, registry, LATER).close();

        // Then
        assertThat(shipped(later))
                .filteredOn(event -> event.getId().equals(intent.getId()))
                .containsExactly(intent.toBuilder()
                        .setTime(Timestamps.fromMillis(LATER.millis()))
                        .setSource(intent.getSource().toBuilder().setBoot(2).setSequence(2))
                        .setPhase(Phase.PHASE_OUTCOME)
                        .setOutcome(Outcome.OUTCOME_FAILURE)
                        .setReason("UNKNOWN")
                        .build());
        assertThat(registry.get("deepsuite.audit.intents.recovered")
                        .tag("action", "model.set-alias")
                        .counter()
                        .count())
                .isEqualTo(1);
        var last = new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
        new FileAuditJournal(config(MIB), new OneProducer(last), SEALER, KEY_TOPIC, registry, LATER).close();
        assertThat(shipped(last)).noneMatch(event -> event.getId().equals(intent.getId()));
    }

    @Test
    void tellsHowManyChangesAreUnderWay() throws Exception {
        var journal = new FileAuditJournal(config(MIB), producers, SEALER, KEY_TOPIC, registry, CLOCK);
        Events.await(journal.append(Events.intent(1)));
        Events.await(journal.append(Events.intent(2)));
        Events.await(journal.append(Events.outcome(1)));

        assertThat(registry.get("deepsuite.audit.open.intents").gauge().value()).isEqualTo(1);
        journal.close();
    }

    /** The clock is set back by an hour, and the process is started again meanwhile. */
    @Test
    void numbersGoOnAndTimesAreTheClocksWhenItIsSetBack() throws Exception {
        // Given
        var first = new FileAuditJournal(config(MIB), producers, SEALER, KEY_TOPIC, registry, LATER);
        first.close();
        var later = new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());

        // When
        var second = new FileAuditJournal(config(MIB), new OneProducer(later), SEALER, KEY_TOPIC, registry, CLOCK);
        second.close();

        // Then
        List<AuditEvent> all = new ArrayList<>(shipped(producer));
        all.addAll(shipped(later));
        assertThat(all)
                .extracting(
                        event -> event.getSource().getBoot(),
                        event -> event.getSource().getSequence(),
                        event -> Timestamps.toMillis(event.getTime()))
                .containsExactly(
                        tuple(1L, 1L, LATER.millis()),
                        tuple(1L, 2L, LATER.millis()),
                        tuple(2L, 1L, CLOCK.millis()),
                        tuple(2L, 2L, CLOCK.millis()));
        assertThat(all.stream().map(AuditEvent::getId).toList()).isSorted().doesNotHaveDuplicates();
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

    private static final Duration SHORT = Duration.ofMillis(100);

    private final MockProducer<String, byte[]> broker =
            new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());

    private FileAuditJournal waiting(TestConfig config) throws IOException {
        var journal = new FileAuditJournal(config, new OneProducer(broker), SEALER, KEY_TOPIC, registry, CLOCK);
        Awaitility.await().atMost(PATIENCE).until(broker::completeNext); // journal.open
        return journal;
    }

    private void awaitSent(int records) {
        Awaitility.await().atMost(PATIENCE).until(() -> broker.history().size() == records);
    }

    @Test
    void waitsForKafkaWhereItIsAskedTo() throws Exception {
        // Given
        var journal = waiting(TestConfig.in(directory).acknowledgedBy(Ack.KAFKA, Set.of(), PATIENCE));
        var append = journal.append(Events.event(1)).subscribeAsCompletionStage();
        awaitSent(2);
        assertThat(append).isNotDone();

        // When
        broker.completeNext();

        // Then
        assertThat(append.get(20, TimeUnit.SECONDS).getSource().getSequence()).isEqualTo(2);
        completeAllOf(1);
        journal.close();
    }

    @Test
    void waitsForKafkaOnlyForTheActionsThatAreNamed() throws Exception {
        // Given
        var journal = waiting(TestConfig.in(directory).acknowledgedBy(Ack.JOURNAL, Set.of("model.set-alias"), SHORT));

        // When
        Events.await(journal.append(Events.event(1)));
        var change = journal.append(Events.intent(2));

        // Then
        assertThatThrownBy(() -> Events.await(change))
                .hasMessage("audit event is on disk, and Kafka has not acknowledged it within 100 ms");
        assertThat(journal.status().open()).isTrue();
        completeAllOf(3);
        journal.close();
    }

    private void completeAllOf(int records) {
        Thread.ofVirtual().start(() -> {
            for (int record = 0; record < records; record++) {
                Awaitility.await().atMost(PATIENCE).until(broker::completeNext);
            }
        });
    }

    @Test
    void keepsAnEventThatKafkaDidNotAcknowledgeInTime() throws Exception {
        // Given
        var journal = waiting(TestConfig.in(directory).acknowledgedBy(Ack.KAFKA, Set.of(), SHORT));
        var late = journal.append(Events.event(1));
        assertThatThrownBy(() -> Events.await(late))
                .isInstanceOfSatisfying(
                        DeepsuiteException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(ErrorReason.AUDIT_UNAVAILABLE));

        // When
        completeAllOf(2);
        journal.close();

        // Then
        assertThat(shipped(broker))
                .extracting(AuditEvent::getId)
                .contains(Events.event(1).getId());
        assertThat(count("deepsuite.audit.shipped")).isEqualTo(3);
    }

    /** Who tells of what is done tries again until it is taken, and would write an event each time. */
    @Test
    void waitsForTheDiskAloneWhereItOnlyTells() throws Exception {
        // Given
        var journal = waiting(TestConfig.in(directory).acknowledgedBy(Ack.KAFKA, Set.of(), Duration.ofMinutes(1)));

        // When
        var told = Events.await(journal.tell(Events.event(1)));

        // Then
        assertThat(told.getSource().getSequence()).isEqualTo(2);
        completeAllOf(2);
        journal.close();
    }

    @Test
    void failsWhoWaitsForKafkaWhenShippingEnds() throws Exception {
        // Given
        var journal = waiting(TestConfig.in(directory)
                .acknowledgedBy(Ack.KAFKA, Set.of(), Duration.ofMinutes(1))
                .draining(Duration.ZERO));
        var append = journal.append(Events.event(1)).subscribeAsCompletionStage();
        awaitSent(2);

        // When
        journal.close();

        // Then
        assertThatThrownBy(() -> append.get(20, TimeUnit.SECONDS))
                .cause()
                .hasMessage("audit event is on disk, and Kafka has not acknowledged it before the end");
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
